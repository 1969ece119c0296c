import type { Layout, WwuElement } from '../../wwu/tree.ts';
import { attribute, walk } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { PhysicalFolder } from '../index/physical-folders.ts';
import type { ProjectFile } from '../index/project-file.ts';
import type { ModelChange } from '../model.ts';
import { type Edit, type EditStep, elementsPerStep, reapplyStep, revertStep, turn } from './edit-step.ts';

/**
 * The four edits a tree knows, plus a file's path. Each is applied at once, keeps the index in step and is recorded, so
 * that a step can be reverted and applied again.
 */
export class EditLog {
  readonly #index: ObjectIndex;
  readonly #fileOf: (element: WwuElement) => ProjectFile;
  #edits: Edit[] = [];
  #changes: ModelChange[] = [];
  /** What work that goes on has put back of edits, or done again, in that order. */
  #flips: Flip[] = [];
  /** Whether something has left that did not arrive yet. */
  #isBetween = false;

  constructor(index: ObjectIndex, fileOf: (element: WwuElement) => ProjectFile) {
    this.#index = index;
    this.#fileOf = fileOf;
  }

  /** What the step under way has recorded so far. */
  get step(): EditStep {
    return { edits: this.#edits, changes: this.#changes };
  }

  /** Ends the step and gives what it recorded. */
  take(): EditStep {
    const { step } = this;
    this.#edits = [];
    this.#changes = [];
    this.#isBetween = false;
    return step;
  }

  /** The files that the step under way has changed so far. */
  get touchedFiles(): readonly ProjectFile[] {
    return [...new Set(this.#edits.map(({ file }) => file))];
  }

  /** Runs `work` on the tree as it was before the step that is under way, which goes on afterwards. */
  withoutStep<T>(work: () => T): T {
    const { step } = this;
    for (const { edit, isDone } of this.#flips.toReversed()) turn(edit, !isDone);
    revertStep(step);
    try {
      return work();
    } finally {
      reapplyStep(step);
      for (const { edit, isDone } of this.#flips) turn(edit, isDone);
    }
  }

  /** `revertStep` with pauses: where it yields, the tree holds together. Nothing may be edited meanwhile. */
  revertSteps(step: EditStep): Generator<void, void> {
    return this.#flip(step.edits.toReversed(), false);
  }

  reapplySteps(step: EditStep): Generator<void, void> {
    return this.#flip(step.edits, true);
  }

  *#flip(edits: readonly Edit[], isDone: boolean): Generator<void, void> {
    try {
      for (const edit of edits) {
        if (isDone && edit.beginsApart) yield;
        this.turn(edit, isDone);
        if (!isDone && edit.beginsApart) yield;
      }
    } finally {
      this.settle();
    }
  }

  /** Puts one edit back, or does it again, as part of work that goes on until it is settled. */
  turn(edit: Edit, isDone: boolean): void {
    turn(edit, isDone);
    this.#flips.push({ edit, isDone });
  }

  /** What was put back or done again counts from now on. */
  settle(): void {
    this.#flips = [];
  }

  note(change: ModelChange): void {
    this.#changes.push(change);
  }

  /** `isPiece`: an edit of the same step has put in what it goes into. */
  insert(parent: WwuElement, at: number, child: WwuElement, isPiece = false): void {
    this.#insert(parent, at, child, isPiece, 'attach', 'detach');
  }

  /** Puts in what `leave` has taken out. */
  arrive(parent: WwuElement, at: number, child: WwuElement): void {
    this.#insert(parent, at, child, false, 'arrive', 'leave');
    this.#isBetween = false;
  }

  #insert(
    parent: WwuElement,
    at: number,
    child: WwuElement,
    isPiece: boolean,
    comes: 'attach' | 'arrive',
    goes: 'detach' | 'leave',
  ): void {
    const layoutBefore = parent.layout;
    this.#record(this.#fileOf(parent), {
      what: { kind: 'inserted', parent, child, isPiece },
      apply: () => {
        // A parent that closed itself, or held blank text, now opens: what the file had for that no longer fits.
        if (parent.children.length === 0)
          parent.layout = without(parent.layout, 'startTag', 'text', 'beforeEnd');
        child.parent = parent;
        if (parent.children.length === 0) parent.children = [child];
        else parent.children.splice(at, 0, child);
        this.#index[comes](child);
      },
      revert: () => {
        this.#index[goes](child);
        parent.children.splice(at, 1);
        child.parent = null;
        parent.layout = layoutBefore;
      },
    });
  }

  /** `isPiece`: what it is taken out of goes as well, with a later edit of the same step. */
  remove(child: WwuElement, isPiece = false): void {
    this.#remove(child, isPiece, 'attach', 'detach');
  }

  /** Takes an object out that is put in elsewhere, by `arrive`: until then nobody may look at the tree. */
  leave(child: WwuElement): void {
    this.#remove(child, false, 'arrive', 'leave');
    this.#isBetween = true;
  }

  #remove(child: WwuElement, isPiece: boolean, comes: 'attach' | 'arrive', goes: 'detach' | 'leave'): void {
    const parent = child.parent;
    if (parent === null) return;
    // Long lists are taken apart from their end.
    const at = parent.children.lastIndexOf(child);
    const layoutBefore = parent.layout;
    this.#record(this.#fileOf(parent), {
      what: { kind: 'removed', parent, child, isPiece },
      apply: () => {
        this.#index[goes](child);
        parent.children.splice(at, 1);
        child.parent = null;
        if (parent.children.length === 0) parent.layout = without(parent.layout, 'startTag', 'beforeEnd');
      },
      revert: () => {
        child.parent = parent;
        if (parent.children.length === 0) parent.children = [child];
        else parent.children.splice(at, 0, child);
        parent.layout = layoutBefore;
        this.#index[comes](child);
      },
    });
  }

  /** Sets an attribute; undefined removes it; a new one goes last. Never used for ID. */
  setAttribute(target: WwuElement, name: string, value: string | undefined): void {
    const before = target.attributes;
    const nameBefore = attribute(target, 'Name') ?? '';
    const nameAfter = name === 'Name' ? (value ?? '') : nameBefore;
    if (attribute(target, name) === value) return;
    const kept = before.map((entry) => ({
      name: entry.name,
      value: entry.name === name ? (value ?? '') : entry.value,
    }));
    const after =
      value === undefined
        ? kept.filter((entry) => entry.name !== name)
        : kept.some((entry) => entry.name === name)
          ? kept
          : [...kept, { name, value }];
    const layoutBefore = target.layout;
    this.#record(this.#fileOf(target), {
      what: { kind: 'attribute', target, name },
      apply: () => {
        target.attributes = after;
        target.layout = without(layoutBefore, 'startTag');
        this.#index.renamed(target, nameBefore);
      },
      revert: () => {
        target.attributes = before;
        target.layout = layoutBefore;
        this.#index.renamed(target, nameAfter);
      },
    });
  }

  setText(target: WwuElement, text: string | null): void {
    const before = target.text;
    if (before === text) return;
    const layoutBefore = target.layout;
    this.#record(this.#fileOf(target), {
      what: { kind: 'text', target },
      apply: () => {
        target.text = text;
        target.layout = without(layoutBefore, 'text', before === null || text === null ? 'startTag' : 'text');
        this.#index.revision++;
      },
      revert: () => {
        target.text = before;
        target.layout = layoutBefore;
        this.#index.revision++;
      },
    });
  }

  /** Drops what the file had for the layout of an element and everything in it: at another depth it no longer fits. In steps. */
  *forgetLayout(root: WwuElement): Generator<void, void> {
    let kept: { readonly node: WwuElement; readonly layout: Layout }[] = [];
    let seen = 0;
    for (const node of walk(root)) {
      if (node.layout !== null) kept.push({ node, layout: node.layout });
      if (++seen % elementsPerStep !== 0) continue;
      this.#forget(root, kept);
      kept = [];
      yield;
    }
    this.#forget(root, kept);
  }

  #forget(root: WwuElement, kept: readonly { readonly node: WwuElement; readonly layout: Layout }[]): void {
    if (kept.length === 0) return;
    this.#record(this.#fileOf(root), {
      what: { kind: 'layout' },
      apply: () => {
        for (const { node } of kept) node.layout = null;
      },
      revert: () => {
        for (const { node, layout } of kept) node.layout = layout;
      },
    });
  }

  setFilePath(file: ProjectFile, filePath: string): void {
    const before = file.filePath;
    this.#record(file, {
      what: { kind: 'other' },
      apply: () => {
        file.filePath = filePath;
      },
      revert: () => {
        file.filePath = before;
      },
    });
  }

  /** Where a folder is on disk; the directory itself moves at the next save. `file` holds its entry. */
  setFolderPlace(
    file: ProjectFile,
    folder: PhysicalFolder,
    place: Pick<PhysicalFolder, 'path' | 'directory'>,
  ): void {
    const before = { path: folder.path, directory: folder.directory };
    this.#record(file, {
      what: { kind: 'other' },
      apply: () => Object.assign(folder, place),
      revert: () => Object.assign(folder, before),
    });
  }

  /** Puts the children of an element into another order; they stay the objects they are. */
  reorder(parent: WwuElement, children: readonly WwuElement[]): void {
    const before = parent.children;
    if (before.every((child, at) => child === children[at])) return;
    const after = [...children];
    this.#record(this.#fileOf(parent), {
      what: { kind: 'other' },
      apply: () => {
        parent.children = after;
      },
      revert: () => {
        parent.children = before;
      },
    });
  }

  #record(file: ProjectFile, edit: Pick<Edit, 'what' | 'apply' | 'revert'>): void {
    const stateBefore = file.state;
    nextState++;
    const stateAfter = nextState;
    edit.apply();
    file.state = stateAfter;
    this.#edits.push({ file, stateBefore, stateAfter, beginsApart: !this.#isBetween, ...edit });
  }
}

/** An edit that was put back, or done (again). */
interface Flip {
  readonly edit: Edit;
  readonly isDone: boolean;
}

let nextState = 0;

function without(layout: Layout | null, ...members: (keyof Layout)[]): Layout | null {
  if (layout === null) return null;
  const kept = Object.entries(layout).filter(([name]) => !members.some((member) => member === name));
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
