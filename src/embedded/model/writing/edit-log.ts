import type { Layout, WwuElement } from '../../wwu/tree.ts';
import { attribute, walk } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { PhysicalFolder } from '../index/physical-folders.ts';
import type { ProjectFile } from '../index/project-file.ts';
import type { ModelChange } from '../model.ts';

/** What an edit did to the tree; `other`: to what lies around it. */
export type TreeChange =
  | { readonly kind: 'inserted' | 'removed'; readonly parent: WwuElement; readonly child: WwuElement }
  | { readonly kind: 'attribute'; readonly target: WwuElement; readonly name: string }
  | { readonly kind: 'text'; readonly target: WwuElement }
  | { readonly kind: 'layout' | 'other' };

/** One change of one tree, with what it takes to revert it to the byte. */
interface Edit {
  readonly file: ProjectFile;
  readonly what: TreeChange;
  readonly stateBefore: number;
  readonly stateAfter: number;
  apply(): void;
  revert(): void;
}

/** What one call, or one undo group, changed. */
export interface EditStep {
  readonly edits: readonly Edit[];
  readonly changes: readonly ModelChange[];
}

/**
 * The four edits a tree knows, plus a file's path. Each is applied at once, keeps the index in step and is recorded, so
 * that a step can be reverted and applied again.
 */
export class EditLog {
  readonly #index: ObjectIndex;
  readonly #fileOf: (element: WwuElement) => ProjectFile;
  #edits: Edit[] = [];
  #changes: ModelChange[] = [];

  constructor(index: ObjectIndex, fileOf: (element: WwuElement) => ProjectFile) {
    this.#index = index;
    this.#fileOf = fileOf;
  }

  /** Ends the step and gives what it recorded. */
  take(): EditStep {
    const step = { edits: this.#edits, changes: this.#changes };
    this.#edits = [];
    this.#changes = [];
    return step;
  }

  /** The files that the step under way has changed so far. */
  get touchedFiles(): readonly ProjectFile[] {
    return [...new Set(this.#edits.map(({ file }) => file))];
  }

  /** Runs `work` on the tree as it was before the step that is under way, which goes on afterwards. */
  withoutStep<T>(work: () => T): T {
    const step = { edits: this.#edits, changes: this.#changes };
    revertStep(step);
    try {
      return work();
    } finally {
      reapplyStep(step);
    }
  }

  note(change: ModelChange): void {
    this.#changes.push(change);
  }

  insert(parent: WwuElement, at: number, child: WwuElement): void {
    const layoutBefore = parent.layout;
    this.#record(this.#fileOf(parent), {
      what: { kind: 'inserted', parent, child },
      apply: () => {
        // A parent that closed itself, or held blank text, now opens: what the file had for that no longer fits.
        if (parent.children.length === 0)
          parent.layout = without(parent.layout, 'startTag', 'text', 'beforeEnd');
        child.parent = parent;
        if (parent.children.length === 0) parent.children = [child];
        else parent.children.splice(at, 0, child);
        this.#index.attach(child);
      },
      revert: () => {
        this.#index.detach(child);
        parent.children.splice(at, 1);
        child.parent = null;
        parent.layout = layoutBefore;
      },
    });
  }

  remove(child: WwuElement): void {
    const parent = child.parent;
    if (parent === null) return;
    const at = parent.children.indexOf(child);
    const layoutBefore = parent.layout;
    this.#record(this.#fileOf(parent), {
      what: { kind: 'removed', parent, child },
      apply: () => {
        this.#index.detach(child);
        parent.children.splice(at, 1);
        child.parent = null;
        if (parent.children.length === 0) parent.layout = without(parent.layout, 'startTag', 'beforeEnd');
      },
      revert: () => {
        child.parent = parent;
        if (parent.children.length === 0) parent.children = [child];
        else parent.children.splice(at, 0, child);
        parent.layout = layoutBefore;
        this.#index.attach(child);
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

  /** Drops what the file had for the layout of an element and everything in it: at another depth it no longer fits. */
  forgetLayout(root: WwuElement): void {
    const kept = [...walk(root)].flatMap((node) =>
      node.layout === null ? [] : [{ node, layout: node.layout }],
    );
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
    this.#edits.push({ file, stateBefore, stateAfter, ...edit });
  }
}

/** Reverts a step: afterwards every file has the bytes it had before. */
export function revertStep(step: EditStep): void {
  for (const edit of step.edits.toReversed()) {
    edit.revert();
    edit.file.state = edit.stateBefore;
  }
}

export function reapplyStep(step: EditStep): void {
  for (const edit of step.edits) {
    edit.apply();
    edit.file.state = edit.stateAfter;
  }
}

let nextState = 0;

function without(layout: Layout | null, ...members: (keyof Layout)[]): Layout | null {
  if (layout === null) return null;
  const kept = Object.entries(layout).filter(([name]) => !members.some((member) => member === name));
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
