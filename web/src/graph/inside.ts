import { create } from 'zustand';
import { bodyAt, bodyKind } from './bodies.ts';
import type { FlowDocument } from './document.ts';

/** Which part of a workflow is drawn, and of the steps around it which item. */
export interface InsideState {
  readonly path: readonly string[];
  /** By the level of the path: whether it is executed for each item of a list. */
  readonly isLoop: readonly boolean[];
  /** By the level of the path: the item that is looked at; null for all of them together. */
  readonly items: readonly (number | null)[];
  /** Goes to another part, with the items of the levels that stay. */
  enter(root: FlowDocument, path: readonly string[], items?: readonly (number | null)[]): void;
  /** Looks at one item of the innermost step around, or at all. */
  choose(item: number | null): void;
}

/** The part that is drawn, of the workflow or of the run. */
export const useInside = create<InsideState>((set, get) => ({
  ...{ path: [], isLoop: [], items: [] },
  enter(root, path, items) {
    const before = get();
    const isSame = (level: number) => path.slice(0, level + 1).every((id, at) => before.path[at] === id);
    const kept = path.map((_, level) => (isSame(level) ? (before.items[level] ?? null) : null));
    const isLoop = path.map((id, level) => {
      const holder = bodyAt(root, path.slice(0, level)).nodes.find((node) => node.id === id);
      return holder !== undefined && bodyKind(holder) === 'loop';
    });
    set({ path, isLoop, items: items ?? kept });
  },
  choose(item) {
    set(({ items }) => ({ items: [...items.slice(0, -1), item] }));
  },
}));
