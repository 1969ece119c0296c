import { applyNodeChanges, type Edge, type NodeChange } from '@xyflow/react';
import { create } from 'zustand';
import type { Plan, Problem } from '../api/wire.ts';
import { bodyAt, pathThatIsThere, withBodyAt } from '../graph/bodies.ts';
import { type CardNode, deriveGraph } from '../graph/derive-graph.ts';
import { emptyDocument, type FlowDocument } from '../graph/document.ts';
import { useInside } from '../graph/inside.ts';
import type { Positions } from '../graph/layout.ts';
import { useNodeTypes } from '../graph/node-types.ts';
import { addedEdgesAt } from '../plan/plan-inside.ts';
import { usePaletteOpen } from './palette-open.ts';
import { type PlacedProblem, placedProblems } from './placed-problems.ts';
import { withoutPositions, withPositions } from './positions.ts';

/** The workflow that is drawn, its history, and what the compiler says of it. */
export interface FlowState {
  /** The whole workflow. */
  readonly root: FlowDocument;
  /** The steps that one is inside of, the outermost first; none: the workflow itself is drawn. */
  readonly inside: readonly string[];
  /** What is drawn: the workflow, or the steps inside of one of its steps. */
  readonly document: FlowDocument;
  /** The whole as it was opened or last saved. */
  readonly saved: FlowDocument;
  readonly savedVersion: number | null;
  readonly past: readonly Moment[];
  readonly future: readonly Moment[];
  readonly nodes: readonly CardNode[];
  readonly edges: readonly Edge[];
  readonly selected: ReadonlySet<string>;
  readonly selectedEdges: ReadonlySet<string>;
  /** Of the document as it is now; null while it is compiled. */
  readonly plan: Plan | null;
  readonly problems: readonly PlacedProblem[];
  /** Raised by each document that is opened: the view then fits it. */
  readonly opened: number;
  open(document: FlowDocument, version: number | null): void;
  /** One step of the history, of what is drawn. */
  change(next: FlowDocument, select?: readonly string[]): void;
  /** One step of the history, of the whole. */
  replace(root: FlowDocument): void;
  /**
   * As somebody types: one step of the history, however many letters of the same `field` it took. `at`: where `next` is, when not
   * what is drawn.
   */
  type(next: FlowDocument, field: string, at?: readonly string[]): void;
  undo(): void;
  redo(): void;
  /** Draws the steps at the end of a path, with some of them selected. */
  enter(inside: readonly string[], select?: readonly string[]): void;
  moveNodes(changes: NodeChange<CardNode>[]): void;
  place(positions: Positions): void;
  select(ids: readonly string[]): void;
  selectEdges(ids: readonly string[]): void;
  markSaved(version: number | null): void;
  compiled(plan: Plan | null, problems: readonly Problem[]): void;
}

/** What undo goes back to, or redo forward: the whole, and where the change between was made. */
interface Moment {
  readonly root: FlowDocument;
  readonly inside: readonly string[];
}

const mostSteps = 200;

/** What was written last, of which document: what is written there on goes into the same step. */
interface Typed {
  readonly field: string;
  readonly root: FlowDocument;
}

export const useFlow = create<FlowState>((set, get) => {
  const drawn = (root: FlowDocument, inside: readonly string[], selected: Iterable<string>) => {
    const isSamePart = inside.join('\n') === get().inside.join('\n');
    const before = new Map(isSamePart ? get().nodes.map((node) => [node.id, node]) : []);
    const document = bodyAt(root, inside);
    const ids = new Set(document.nodes.map(({ id }) => id));
    const kept = new Set([...selected].filter((id) => ids.has(id)));
    const { plan } = get();
    const { nodes, edges } = deriveGraph(
      document,
      useNodeTypes.getState().byName,
      before,
      addedEdgesAt(plan, inside),
    );
    const shown = nodes.map((node) => withSelection(node, kept.has(node.id)));
    return { root, inside, document, edges, nodes: shown, selected: kept };
  };
  const goTo = ({ root, inside }: Moment) => {
    set(drawn(root, pathThatIsThere(root, inside), get().selected));
    useInside.getState().enter(get().root, get().inside);
  };
  let typed: Typed | undefined;
  return {
    ...{ root: emptyDocument, document: emptyDocument, saved: emptyDocument, savedVersion: null },
    ...{ inside: [], past: [], future: [], nodes: [], edges: [], plan: null, problems: [], opened: 0 },
    ...{ selected: new Set<string>(), selectedEdges: new Set<string>() },
    open(root, savedVersion) {
      set({ nodes: [], plan: null, problems: [], selectedEdges: new Set() });
      const opened = get().opened + 1;
      set({ ...drawn(root, [], []), saved: root, savedVersion, past: [], future: [], opened });
      // What is there already has the room, until somebody adds to it.
      usePaletteOpen.getState().setOpen(root.nodes.length === 0);
      useInside.getState().enter(root, []);
    },
    change(next, select) {
      const { root, inside, document, past, selected } = get();
      if (next === document) return;
      const shown = drawn(withBodyAt(root, inside, next), inside, select ?? selected);
      set({ ...shown, past: [...past.slice(-mostSteps), { root, inside }], future: [] });
    },
    replace(next) {
      const { root, inside, past } = get();
      if (next === root) return;
      set({ past: [...past.slice(-mostSteps), { root, inside }], future: [] });
      goTo({ root: next, inside });
    },
    type(next, field, at = get().inside) {
      const { root, inside, selected } = get();
      const whole = withBodyAt(root, at, next);
      if (typed?.field === field && typed.root === root) set(drawn(whole, inside, selected));
      else get().replace(whole);
      typed = { field, root: whole };
    },
    undo() {
      const { root, past, future } = get();
      const before = past.at(-1);
      if (before === undefined) return;
      set({ past: past.slice(0, -1), future: [{ root, inside: before.inside }, ...future] });
      goTo(before);
    },
    redo() {
      const { root, past, future } = get();
      const [after, ...rest] = future;
      if (after === undefined) return;
      set({ past: [...past, { root, inside: after.inside }], future: rest });
      goTo(after);
    },
    enter(inside, select = []) {
      const { root, opened } = get();
      const path = pathThatIsThere(root, inside);
      const isSame = path.join('\n') === get().inside.join('\n');
      if (isSame) return get().select(select);
      set({ ...drawn(root, path, select), selectedEdges: new Set(), opened: opened + 1 });
      useInside.getState().enter(root, path);
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
      const there = new Set(get().document.nodes.map(({ id }) => id));
      const selected = new Set(ids.filter((id) => there.has(id)));
      set({ selected, nodes: get().nodes.map((node) => withSelection(node, selected.has(node.id))) });
    },
    selectEdges: (ids) => set({ selectedEdges: new Set(ids) }),
    markSaved: (savedVersion) => set({ saved: get().root, savedVersion }),
    compiled(plan, problems) {
      const { root, inside, selected } = get();
      set({ plan, problems: placedProblems(root, problems) });
      set({ edges: drawn(root, inside, selected).edges });
    },
  };
});

function withSelection(node: CardNode, selected: boolean): CardNode {
  return (node.selected === true) === selected ? node : { ...node, selected };
}

/** Compared by content, so that undo back to the saved state is clean again; each pair once. */
let compared: {
  readonly root: FlowDocument;
  readonly saved: FlowDocument;
  readonly differs: boolean;
} | null = null;

/** Whether it differs from what is saved. */
export function isDirty({ root, saved }: Pick<FlowState, 'root' | 'saved'>): boolean {
  if (root === saved) return false;
  if (compared?.root !== root || compared.saved !== saved)
    compared = { root, saved, differs: JSON.stringify(root) !== JSON.stringify(saved) };
  return compared.differs;
}

/** What the server compiles and runs. */
export function flowToRun(): FlowDocument {
  return withoutPositions(useFlow.getState().root);
}
