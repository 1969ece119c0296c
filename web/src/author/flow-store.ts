import { applyNodeChanges, type Edge, type NodeChange } from '@xyflow/react';
import { create } from 'zustand';
import type { Plan, Problem } from '../api/wire.ts';
import { type CardNode, deriveGraph } from '../graph/derive-graph.ts';
import { emptyDocument, type FlowDocument, withoutPositions } from '../graph/document.ts';
import type { Positions } from '../graph/layout.ts';
import { useNodeTypes } from '../graph/node-types.ts';

/** The workflow that is drawn, its history, and what the compiler says of it. */
export interface FlowState {
  readonly document: FlowDocument;
  /** As it was opened or last saved. */
  readonly saved: FlowDocument;
  readonly savedVersion: number | null;
  readonly past: readonly FlowDocument[];
  readonly future: readonly FlowDocument[];
  readonly nodes: readonly CardNode[];
  readonly edges: readonly Edge[];
  readonly selected: ReadonlySet<string>;
  readonly selectedEdges: ReadonlySet<string>;
  /** Of the document as it is now; null while it is compiled. */
  readonly plan: Plan | null;
  readonly problems: readonly Problem[];
  /** Raised by each document that is opened: the view then fits it. */
  readonly opened: number;
  open(document: FlowDocument, version: number | null): void;
  /** One step of the history. */
  change(next: FlowDocument, select?: readonly string[]): void;
  /** As somebody types: one step of the history, however many letters of the same `field` it took. */
  type(next: FlowDocument, field: string): void;
  undo(): void;
  redo(): void;
  moveNodes(changes: NodeChange<CardNode>[]): void;
  place(positions: Positions): void;
  select(ids: readonly string[]): void;
  selectEdges(ids: readonly string[]): void;
  markSaved(version: number | null): void;
  compiled(plan: Plan | null, problems: readonly Problem[]): void;
}

const mostSteps = 200;

/** What was written last, of which document: what is written there on goes into the same step. */
interface Typed {
  readonly field: string;
  readonly document: FlowDocument;
}

export const useFlow = create<FlowState>((set, get) => {
  const drawn = (document: FlowDocument, selected: ReadonlySet<string>) => {
    const before = new Map(get().nodes.map((node) => [node.id, node]));
    const { nodes, edges } = deriveGraph(
      document,
      useNodeTypes.getState().byName,
      before,
      get().plan?.addedEdges,
    );
    return {
      document,
      edges,
      nodes: nodes.map((node) => withSelection(node, selected.has(node.id))),
      selected,
    };
  };
  const there = (document: FlowDocument, ids: Iterable<string>): ReadonlySet<string> => {
    const known = new Set(document.nodes.map(({ id }) => id));
    return new Set([...ids].filter((id) => known.has(id)));
  };
  let typed: Typed | undefined;
  return {
    document: emptyDocument,
    saved: emptyDocument,
    ...{
      savedVersion: null,
      past: [],
      future: [],
      nodes: [],
      edges: [],
      plan: null,
      problems: [],
      opened: 0,
    },
    ...{ selected: new Set<string>(), selectedEdges: new Set<string>() },
    open(document, savedVersion) {
      set({ nodes: [], plan: null, problems: [], selectedEdges: new Set() });
      const opened = get().opened + 1;
      set({ ...drawn(document, new Set()), saved: document, savedVersion, past: [], future: [], opened });
    },
    change(next, select) {
      const { document, past, selected } = get();
      if (next === document) return;
      const kept = there(next, select ?? selected);
      set({ ...drawn(next, kept), past: [...past.slice(-mostSteps), document], future: [] });
    },
    type(next, field) {
      const { document, selected } = get();
      if (typed?.field === field && typed.document === document) set(drawn(next, selected));
      else get().change(next);
      typed = { field, document: next };
    },
    undo() {
      const { document, past, future, selected } = get();
      const before = past.at(-1);
      if (before === undefined) return;
      set({
        ...drawn(before, there(before, selected)),
        past: past.slice(0, -1),
        future: [document, ...future],
      });
    },
    redo() {
      const { document, past, future, selected } = get();
      const [after, ...rest] = future;
      if (after === undefined) return;
      set({ ...drawn(after, there(after, selected)), past: [...past, document], future: rest });
    },
    moveNodes(changes) {
      const { nodes, document } = get();
      const moved = applyNodeChanges(changes, [...nodes]);
      const isSelection = changes.some(({ type }) => type === 'select');
      const selected = isSelection
        ? new Set(moved.flatMap((node) => (node.selected === true ? [node.id] : [])))
        : get().selected;
      set({ nodes: moved, selected });
      const settled = changes.filter((change) => change.type === 'position' && change.dragging === false);
      if (settled.length === 0) return;
      const at = new Map(moved.map((node) => [node.id, node.position]));
      const isMoved = document.nodes.some(({ id, position }) => {
        const now = at.get(id);
        return now !== undefined && (position?.x !== now.x || position?.y !== now.y);
      });
      if (isMoved) get().change(withPositions(document, Object.fromEntries(at)));
    },
    place(positions) {
      get().change(withPositions(get().document, positions));
    },
    select(ids) {
      const selected = there(get().document, ids);
      set({ selected, nodes: get().nodes.map((node) => withSelection(node, selected.has(node.id))) });
    },
    selectEdges: (ids) => set({ selectedEdges: new Set(ids) }),
    markSaved: (savedVersion) => set({ saved: get().document, savedVersion }),
    compiled(plan, problems) {
      set({ plan, problems });
      const { document, selected } = get();
      set({ edges: drawn(document, selected).edges });
    },
  };
});

function withSelection(node: CardNode, selected: boolean): CardNode {
  return (node.selected === true) === selected ? node : { ...node, selected };
}

function withPositions(document: FlowDocument, positions: Positions): FlowDocument {
  return {
    ...document,
    nodes: document.nodes.map((node) => {
      const position = positions[node.id];
      return position === undefined ? node : { ...node, position };
    }),
  };
}

/** Whether it differs from what is saved. Compared by content, so that undo back to the saved state is clean again. */
export function isDirty({ document, saved }: FlowState): boolean {
  return document !== saved && JSON.stringify(document) !== JSON.stringify(saved);
}

/** What the server compiles and runs. */
export function flowToRun(): FlowDocument {
  return withoutPositions(useFlow.getState().document);
}
