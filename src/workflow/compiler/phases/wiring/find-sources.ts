import { outputReference } from '../../../expressions/reference.ts';
import { type Arc, at, type Graph, packGraph, sourcesOf } from '../../graph/graph.ts';
import { type Nearest, nearestSources } from '../../graph/nearest-sources.ts';
import { fits, type InputField, type NodeShape } from '../../schema/node-shape.ts';
import type { Draft, DraftNode } from '../draft.ts';

/** Answers where an input of a node could take its value from. */
export interface Sources {
  /** References to the nearest upstream outputs that fit; several when they are equally near. */
  nearest(node: DraftNode, field: InputField): readonly string[];
  /** References to outputs that would fit if an edge led from their node; at most three. */
  elsewhere(node: DraftNode, groups: readonly (readonly InputField[])[]): readonly string[];
  /** Something upstream is broken, or a cycle leaves no upstream: finding nothing proves nothing. */
  isUncertain(node: DraftNode): boolean;
}

/** Prepares the search over a draft whose nodes are in order. What is nearest is worked out once per kind of input. */
export function findSources(draft: Draft): Sources {
  const { nodes, order } = draft;
  const hasCycle = order.length < nodes.length;
  // Where nothing is left to find none of this is asked for.
  const giving = once(() => withoutErrorLinks(draft));
  const uncertain = once(() => spreadUncertainty(draft));
  const rank = once(() => ranks(draft));
  const searches = new Map<string, readonly (Nearest | undefined)[]>();

  const search = (field: InputField) => {
    const kind = `${field.name} ${JSON.stringify(field.wire)}`;
    const known = searches.get(kind);
    if (known !== undefined) return known;
    const found = nearestSources(giving(), order, (index) => hasOutput(nodes[index], field));
    searches.set(kind, found);
    return found;
  };

  return {
    nearest(node, field) {
      if (field.wire === undefined || hasCycle) return [];
      const sources = search(field)[node.index]?.nodes ?? [];
      return sources.flatMap((index) => outputsOf(nodes[index], field));
    },
    elsewhere(node, groups) {
      const found: string[] = [];
      if (hasCycle) return found;
      const fields = groups.flat().filter(({ wire }) => wire !== undefined);
      for (const index of order) {
        // What comes later in the order may depend on this node.
        if (found.length >= 3 || at(rank(), index) >= at(rank(), node.index)) break;
        found.push(...fields.flatMap((field) => outputsOf(nodes[index], field)));
      }
      return found.slice(0, 3);
    },
    isUncertain: (node) => hasCycle || uncertain()[node.index] === 1,
  };
}

function once<T>(work: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => {
    result ??= { value: work() };
    return result.value;
  };
}

function ranks({ nodes, order }: Draft): Int32Array {
  const rank = new Int32Array(nodes.length);
  for (const [orderIndex, node] of order.entries()) rank[node] = orderIndex;
  return rank;
}

/**
 * The outputs of a command that fit an input best: one of the input's own name, else the object the command is about
 * (`objectId`, then `object.id`), else any that fits. Several when none is better than another.
 */
export function bestOutputs(shape: NodeShape, field: InputField): readonly string[] {
  const { wire } = field;
  if (wire === undefined) return [];
  const fitting = shape.outputs.filter((output) => fits(output.wire, wire)).map(({ path }) => path);
  const best = Math.min(...fitting.map((path) => aptness(path, field.name)));
  return fitting.filter((path) => aptness(path, field.name) === best);
}

function aptness(path: string, input: string): number {
  if (path === input) return 0;
  if (path === 'objectId' || path === 'id') return 1;
  return path === 'object.objectId' || path === 'object.id' ? 2 : 3;
}

function hasOutput(node: DraftNode | undefined, { wire }: InputField): boolean {
  return wire !== undefined && node?.shape?.outputs.some((output) => fits(output.wire, wire)) === true;
}

function outputsOf(node: DraftNode | undefined, field: InputField): readonly string[] {
  if (node?.shape === undefined) return [];
  return bestOutputs(node.shape, field).map((path) => outputReference(node.id, path));
}

/**
 * The graph along which outputs flow: a node that failed gives none, so who handles its error looks past it to what that
 * node itself came after.
 */
function withoutErrorLinks({ graph, links, nodes }: Draft): Graph {
  if (links.every(({ by }) => by !== 'error')) return graph;
  const flowing: Arc[] = links.filter(({ by }) => by !== 'error');
  const before = packGraph(nodes.length, flowing);
  for (const { by, source, target } of links) {
    if (by !== 'error') continue;
    for (const earlier of sourcesOf(before, source)) flowing.push({ source: earlier, target });
  }
  return packGraph(nodes.length, flowing);
}

function spreadUncertainty({ nodes, graph, order }: Draft): Uint8Array {
  const uncertain = new Uint8Array(nodes.length);
  for (const index of order) {
    const node = nodes[index];
    const isBroken = node === undefined || node.isUpstreamBroken || node.shape === undefined;
    if (isBroken || hasMarked(graph, index, uncertain)) uncertain[index] = 1;
  }
  return uncertain;
}

function hasMarked(graph: Graph, node: number, marks: Uint8Array): boolean {
  const end = at(graph.sourceStart, node + 1);
  for (let arc = at(graph.sourceStart, node); arc < end; arc += 1)
    if (marks[at(graph.sources, arc)] === 1) return true;
  return false;
}
