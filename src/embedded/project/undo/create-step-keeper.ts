import type { ObjectIndex } from '../../model/index/object-index.ts';
import { type KeptStep, keptStep } from '../../model/restoring/kept-step.ts';
import type { EditStep } from '../../model/writing/edit-log.ts';
import type { OpenedProject } from '../opened-project.ts';

/** Describes the steps of a project, while somebody asks for that, so that they can be reverted later. */
export interface Keeper {
  readonly keeping: OpenedProject['keeping'];
  /** A step that was just applied. */
  note(step: EditStep): void;
  /** Something is done that is no step. */
  giveUp(): void;
}

export function createStepKeeper(index: ObjectIndex): Keeper {
  /** Undefined while nobody asks, null once something cannot be described. */
  let kept: KeptStep[] | null | undefined;
  return {
    async keeping(work) {
      kept = [];
      try {
        const result = await work();
        return { result, kept };
      } finally {
        kept = undefined;
      }
    },
    note(step) {
      if (kept === undefined || kept === null || step.edits.length === 0) return;
      const described = keptStep(step, index);
      if (described === undefined) kept = null;
      else kept.push(described);
    },
    giveUp() {
      if (kept !== undefined) kept = null;
    },
  };
}
