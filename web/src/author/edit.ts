import type { PatchOperation, Problem } from '../api/wire.ts';
import { notify } from '../app/notices.tsx';
import { allIds } from '../graph/bodies.ts';
import { withCopies } from '../graph/copies.ts';
import {
  edgeId,
  type FlowEdge,
  type FlowNode,
  freeId,
  membersOf,
  withInput,
  withoutParts,
} from '../graph/document.ts';
import { layOutGraph } from '../graph/lay-out-graph.ts';
import { loopAround } from '../graph/loop-around.ts';
import { useNodeTypes } from '../graph/node-types.ts';
import { patched } from '../graph/patch.ts';
import { type WantedEdge, wholeNode, whyNot } from '../graph/ports.ts';
import { useFlow } from './flow-store.ts';
import { layoutTask } from './positions.ts';

/** What is added to a drawing: a step of a type, or a workflow of the library or a template as one step. */
export type Addable = { readonly type: string } | { readonly workflowId: string };

/** Adds a step; behind the one that is selected, when no position is given. Gives its id. */
export function addStep(added: Addable, position?: { readonly x: number; readonly y: number }): string {
  const { root, document, selected, nodes, change } = useFlow.getState();
  const type = 'type' in added ? added.type : 'subworkflow';
  const data = 'type' in added ? {} : { workflow: added.workflowId };
  const known = useNodeTypes.getState().byName.get(type);
  const id = freeId(allIds(root), 'type' in added ? (known?.alias ?? type) : added.workflowId);
  const [after] = selected.size === 1 ? selected : [];
  const before = nodes.find((node) => node.id === (position === undefined ? after : undefined));
  const right = Math.max(0, ...nodes.map((node) => node.position.x + 310));
  const beside =
    before === undefined
      ? { x: right, y: nodes[0]?.position.y ?? 0 }
      : { x: before.position.x + 310, y: before.position.y };
  const node: FlowNode = { id, type: known?.alias ?? type, data, position: freeSpot(position ?? beside) };
  const edges: readonly FlowEdge[] = before === undefined ? [] : [{ source: before.id, target: id }];
  change({ ...document, nodes: [...document.nodes, node], edges: [...document.edges, ...edges] }, [id]);
  return id;
}

function freeSpot(wanted: { readonly x: number; readonly y: number }): {
  readonly x: number;
  readonly y: number;
} {
  const { nodes } = useFlow.getState();
  let { y } = wanted;
  const isTaken = () =>
    nodes.some(
      ({ position, height = 120 }) =>
        Math.abs(position.x - wanted.x) < 240 && y < position.y + height + 24 && y + 120 > position.y,
    );
  while (isTaken()) y += 40;
  return { x: wanted.x, y };
}

/** Connects two ends; what does not fit is said, and nothing changes. Gives whether they are connected. */
export function connectEnds(wanted: WantedEdge): boolean {
  const { document, change } = useFlow.getState();
  const why = whyNot(document, useNodeTypes.getState().byName, wanted);
  if (why !== undefined) {
    notify({ kind: 'bad', text: 'These two do not fit.', hint: why });
    return false;
  }
  const edge: FlowEdge = {
    ...{ source: wanted.source, target: wanted.target },
    ...(named(wanted.sourceHandle) === null ? {} : { sourceHandle: wanted.sourceHandle }),
    ...(named(wanted.targetHandle) === null ? {} : { targetHandle: wanted.targetHandle }),
  };
  if (document.edges.some((one) => edgeId(one) === edgeId(edge))) return true;
  const input = named(wanted.targetHandle);
  // The wire takes the place of what was written, and of another wire.
  const cleared = input === null ? document : withInput(document, wanted.target, input, undefined);
  const others = cleared.edges.filter(
    (one) => input === null || one.target !== wanted.target || one.targetHandle !== input,
  );
  change({ ...cleared, edges: [...others, edge] });
  return true;
}

function named(handle: string | null): string | null {
  return handle === wholeNode.source || handle === wholeNode.target ? null : handle;
}

/** Removes what is selected, in one step of the history. */
export function removeSelected(): void {
  const { document, selected, selectedEdges, change, selectEdges } = useFlow.getState();
  if (selected.size + selectedEdges.size === 0) return;
  change(withoutParts(document, selected, selectedEdges), []);
  selectEdges([]);
}

/** Lays everything out again: one step of the history. */
export async function tidy(): Promise<void> {
  const { nodes, edges, place } = useFlow.getState();
  if (nodes.length === 0) return;
  place(await layOutGraph(layoutTask(nodes, edges)));
}

/** Does what a problem suggests. */
export function mend(problem: Problem): void {
  const { suggestion } = problem;
  if (suggestion === undefined) return;
  const { root, replace } = useFlow.getState();
  replace(patched(root, suggestion));
}

/** A suggestion in a few words, for a button. */
export function mendLabel(suggestion: readonly PatchOperation[]): string {
  const [first] = suggestion;
  if (first === undefined || suggestion.length > 1) return 'Mend it';
  const name = first.path.split('/').at(-1) ?? '';
  if (first.op === 'remove') return `Remove “${name}”`;
  if (first.op === 'move') return `Rename to “${name}”`;
  const text = JSON.stringify(first.value);
  return text.length > 32 ? `Set “${name}”` : `Use ${text}`;
}

const clipboardKind = 'wwiseflow/steps';

/** Puts the selected steps, and the edges between them, on the clipboard as JSON. */
export async function copySelected(): Promise<void> {
  const { document, selected } = useFlow.getState();
  if (selected.size === 0) return;
  const nodes = document.nodes.filter(({ id }) => selected.has(id));
  const edges = document.edges.filter(({ source, target }) => selected.has(source) && selected.has(target));
  const text = JSON.stringify({ kind: clipboardKind, nodes, edges });
  lastCopied = text;
  await navigator.clipboard?.writeText(text).catch(() => undefined);
}

/** Copies the selected steps, and removes them. */
export function cutSelected(): void {
  void copySelected();
  removeSelected();
}

/** Where a browser gives the clipboard to nobody, what was copied here can be pasted all the same. */
let lastCopied = '';

/** Adds copies of the steps on the clipboard, at a position of the drawing: one step of the history. */
export function pasteSteps(text: string, at: { readonly x: number; readonly y: number }): boolean {
  const part = stepsIn(text === '' ? lastCopied : text);
  if (part === undefined) return false;
  const { root, document, change } = useFlow.getState();
  const spot = { x: Math.round(at.x / 8) * 8, y: Math.round(at.y / 8) * 8 };
  const pasted = withCopies(document, part, spot, allIds(root));
  change(pasted.document, pasted.ids);
  return true;
}

/** Adds copies of the selected steps, a little below them. */
export function duplicateSelected(): void {
  const { nodes, selected } = useFlow.getState();
  const chosen = nodes.filter(({ id }) => selected.has(id));
  if (chosen.length === 0) return;
  void copySelected();
  const left = Math.min(...chosen.map(({ position }) => position.x));
  const bottom = Math.max(...chosen.map(({ position, height = 0 }) => position.y + height));
  pasteSteps('', { x: left, y: bottom + 40 });
}

/** Puts the selected steps into a loop of their own, which then wants its list: one step of the history. */
export function loopSelected(): void {
  const { root, document, nodes, selected, change } = useFlow.getState();
  if (selected.size === 0) return;
  const at = new Map(nodes.map((node) => [node.id, node.position]));
  const shown = { ...document, nodes: document.nodes.map((node) => placedAt(node, at.get(node.id))) };
  const id = freeId(allIds(root), loopType);
  const made = loopAround(shown, selected, id, loopType);
  if (made.between !== undefined) {
    const names = made.between.map((name) => `“${name}”`).join(', ');
    const hint = `${names} ${made.between.length === 1 ? 'lies' : 'lie'} between them: select ${made.between.length === 1 ? 'it' : 'them'} as well.`;
    notify({ kind: 'bad', text: 'These steps cannot be a loop.', hint });
    return;
  }
  change(made.document, [id]);
}

const loopType = 'forEach';

function placedAt(node: FlowNode, position: FlowNode['position']): FlowNode {
  return position === undefined ? node : { ...node, position };
}

function stepsIn(
  text: string,
): { readonly nodes: readonly FlowNode[]; readonly edges: readonly FlowEdge[] } | undefined {
  try {
    const given: { readonly nodes?: readonly FlowNode[]; readonly edges?: readonly FlowEdge[] } =
      JSON.parse(text);
    const { nodes, edges = [] } = given;
    if (!Array.isArray(nodes) || nodes.length === 0) return undefined;
    return { nodes: nodes.map((node) => ({ ...node, data: membersOf(node.data) })), edges };
  } catch {
    return undefined;
  }
}
