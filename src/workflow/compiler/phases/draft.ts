import type { Json } from '../../../core/json.ts';
import { below } from '../../document/json-pointer.ts';
import type { Workflow, WorkflowNode } from '../../document/workflow.ts';
import type { ReferenceTarget } from '../../expressions/reference.ts';
import { type Commands, kindsOf, type NodeKinds } from '../../nodes/catalog.ts';
import type { Arc, Graph } from '../graph/graph.ts';
import type { Problem, Report } from '../problem.ts';
import type { NodeShape } from '../schema/node-shape.ts';

/** Deeper input is a mistake; and it would not fit the stack. In levels of nesting. */
export const DEEPEST_INPUT = 64;

/** A workflow on its way to a plan. Each phase fills in its part and reports problems; none of them throws. */
export interface Draft {
  readonly workflow: Workflow;
  readonly kinds: NodeKinds;
  /** A command that exists but that this server was started without. */
  readonly findExcluded: Commands['findExcluded'];
  /** In document order: a node is known by its place. */
  readonly nodes: readonly DraftNode[];
  readonly places: ReadonlyMap<string, number>;
  /** Kinds of reference that were found sound: what holds for one node holds for its likes. */
  readonly soundReferences: SoundReferences;
  readonly report: Report;
  readonly problems: readonly Problem[];
  readonly warnings: string[];
  /** Who waits for whom, by the edges drawn and by references. */
  readonly links: Link[];
  /** Set by the order phase; `order` is shorter than the nodes when there is a cycle. */
  graph: Graph;
  order: Int32Array;
  /** Set by the effects phase: the order that effects ask for, beyond the links. */
  readonly effectArcs: Arc[];
  /** Set by the fusing phase: places that are carried out together, in order; empty when nothing fuses. */
  units: readonly FusedUnit[];
}

export interface SoundReferences {
  readonly kinds: Set<string>;
  /** The kind that was looked up last, by its parts: neighbours tend to be alike. */
  last: ReferenceKind | undefined;
}

export interface ReferenceKind {
  readonly source: NodeShape;
  readonly output: string;
  readonly reader: NodeShape | undefined;
  readonly input: string;
  readonly isWhole: boolean;
}

/** One WAAPI call of a unit. */
export type PlannedCall = {
  /** Which of the units, from 0. */
  readonly unit: number;
  readonly uri: string;
  /** How many nodes it serves. */
  readonly nodes: number;
};

export interface FusedUnit {
  readonly places: readonly number[];
  /** Empty for a unit of one. */
  readonly calls: readonly PlannedCall[];
}

export interface DraftNode extends WorkflowNode {
  readonly place: number;
  /** Undefined when the type is unknown. */
  shape: NodeShape | undefined;
  /** The data, with wired inputs added. */
  input: Record<string, Json>;
  /* Lists grow by `added` only: as long as they are empty all nodes share one. */
  references: FoundReference[];
  wiring: Wiring[];
  /** Values an edge brings from one node: into a named input, or from a named output, or both. */
  handles: EdgeHandles[];
  /** Another node is there for the case that this one fails. */
  isCaught: boolean;
  /** Something that leads here is broken, so a missing input may be its fault. */
  isUpstreamBroken: boolean;
  /** Inputs reported as missing or ambiguous: other checks have nothing to add about them. */
  unfilled: string[];
}

/** A reference in a node's data. */
export interface FoundReference {
  readonly text: string;
  readonly target: ReferenceTarget;
  /** The reference is the whole string and stands for the raw value. */
  readonly isWhole: boolean;
  /** Where in the node's data: `['targets', 0]`. */
  readonly path: readonly (string | number)[];
  /** The edge that asks for it; undefined when it is written in the node's data, at `path`. */
  readonly edgePointer?: string;
}

export interface Link extends Arc {
  /** `error`: the target is there for the case that the source fails. */
  readonly by: 'edge' | 'reference' | 'error';
  /** The edge; undefined when the target reads the source by `reference`. */
  readonly edgePointer?: string;
  readonly reference?: FoundReference;
}

/** An input that takes its value from a reference. */
export type Wiring = {
  /** Dotted path of the input. */
  readonly input: string;
  /** `$from:n1:$output:objectId` or `$input:name`. */
  readonly from: string;
  /** True when the compiler found it, false when the author wrote it. */
  readonly auto: boolean;
};

export interface EdgeHandles {
  readonly source: number;
  readonly output: string | undefined;
  readonly input: string | undefined;
  readonly pointer: string;
}

/** Where a reference of a node is written. Worked out when it is asked for: only problems do. */
export function referencePointer(node: WorkflowNode, { edgePointer, path }: FoundReference): string {
  return edgePointer ?? below(node.dataPointer, ...path);
}

/** Where a link is written: the edge, or the reference in the node that reads. */
export function linkPointer({ nodes }: Draft, { edgePointer, reference, target }: Link): string {
  const reader = nodes[target];
  if (edgePointer !== undefined || reader === undefined || reference === undefined) return edgePointer ?? '';
  return referencePointer(reader, reference);
}

/** A draft with nothing but the document's nodes. */
export function startDraft(workflow: Workflow, commands: Commands, problems: Problem[]): Draft {
  const nodes = workflow.nodes.map((node, place) => startNode(node, place));
  const empty = new Int32Array(0);
  return {
    workflow,
    kinds: kindsOf(commands),
    findExcluded: commands.findExcluded,
    nodes,
    places: workflow.places,
    soundReferences: { kinds: new Set(), last: undefined },
    report: (problem) => problems.push(problem),
    problems,
    warnings: [],
    links: [],
    graph: { size: 0, targetStart: empty, targets: empty, sourceStart: empty, sources: empty },
    order: empty,
    effectArcs: [],
    units: [],
  };
}

/** A list with one item more: itself, unless it is the one that all nodes without items share. */
export function added<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}

/** `n2 (audioImport)`: how messages name a node. */
export function nameOf(node: WorkflowNode): string {
  return `${node.id} (${node.type})`;
}

const none: never[] = [];
Object.freeze(none);

function startNode(node: WorkflowNode, place: number): DraftNode {
  return {
    id: node.id,
    type: node.type,
    data: node.data,
    onError: node.onError,
    retry: node.retry,
    timeoutMs: node.timeoutMs,
    pointer: node.pointer,
    dataPointer: node.dataPointer,
    place,
    shape: undefined,
    input: {},
    references: none,
    wiring: none,
    handles: none,
    isCaught: false,
    isUpstreamBroken: false,
    unfilled: none,
  };
}
