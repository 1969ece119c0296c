import type { WwuElement } from '../../wwu/tree.ts';
import type { ProjectFile } from '../index/project-file.ts';
import type { ModelChange } from '../model.ts';

/** What an edit did to the tree; `other`: to what lies around it. */
export type TreeChange =
  | {
      readonly kind: 'inserted' | 'removed';
      readonly parent: WwuElement;
      readonly child: WwuElement;
      /** What it is put into was inserted earlier in the step; what it is taken out of is removed later. */
      readonly isPiece: boolean;
    }
  | { readonly kind: 'attribute'; readonly target: WwuElement; readonly name: string }
  | { readonly kind: 'text'; readonly target: WwuElement }
  | { readonly kind: 'layout' | 'other' };

/** One change of one tree, with what it takes to revert it to the byte. */
export interface Edit {
  readonly file: ProjectFile;
  readonly what: TreeChange;
  readonly stateBefore: number;
  readonly stateAfter: number;
  /** Between it and the edit before it the tree holds together: others may look at it there. */
  readonly beginsApart: boolean;
  apply(): void;
  revert(): void;
}

/** What one call, or one undo group, changed. */
export interface EditStep {
  readonly edits: readonly Edit[];
  readonly changes: readonly ModelChange[];
}

/** Looking at so many takes about a millisecond. */
export const elementsPerStep = 2_000;

/** Does an edit (again), or puts it back. */
export function turn(edit: Edit, isDone: boolean): void {
  if (isDone) edit.apply();
  else edit.revert();
  edit.file.state = isDone ? edit.stateAfter : edit.stateBefore;
}

/** Reverts a step: afterwards every file has the bytes it had before. */
export function revertStep(step: EditStep): void {
  for (const edit of step.edits.toReversed()) turn(edit, false);
}

export function reapplyStep(step: EditStep): void {
  for (const edit of step.edits) turn(edit, true);
}
