import type { Json } from '../../../core/json.ts';
import { below } from '../../document/json-pointer.ts';
import type { Workflow, WorkflowEdge, WorkflowNode } from '../../document/workflow.ts';
import type { Fault } from '../../expressions/cel/fault.ts';
import type { Expression } from '../../expressions/expression.ts';
import type { ReferenceTarget } from '../../expressions/reference.ts';
import { type Commands, kindsOf, type NodeKinds } from '../../nodes/catalog.ts';
import type { NodeContract } from '../../schemas/node-contract.ts';
import type { Arc, Graph } from '../graph/graph.ts';
import type { Located } from '../graph/regions.ts';
import { type Problem, type Report, reportInto } from '../problem.ts';
import type { InputField, NodeShape } from '../schema/node-shape.ts';
import { asMeant } from './as-meant.ts';
import { nothingIncluded, type WorkflowInclusion } from './subworkflows/inclusion.ts';

/** Deeper input is a mistake; and it would not fit the stack. In levels of nesting. */
export const DEEPEST_INPUT = 64;

/** A workflow on its way to a plan. Each phase fills in its part and reports problems; none of them throws but for too many. */
export interface Draft {
  readonly workflow: Workflow;
  /** Its expressions may read `item` and `index`. */
  readonly isLoopBody: boolean;
  /** Which workflows it is a part of, and those it may include. */
  readonly inclusion: WorkflowInclusion;
  readonly kinds: NodeKinds;
  /** A command that exists but that this server was started without. */
  readonly findExcluded: Commands['findExcluded'];
  readonly findCommand: Commands['find'];
  readonly profile: Commands['profile'];
  /** In document order: a node is known by its index. */
  readonly nodes: DraftNode[];
  readonly indexById: Map<string, number>;
  /** Of the nodes inside a node: what is around them. */
  readonly outer: { readonly draft: Draft; readonly node: DraftNode } | undefined;
  /** All phases and rules, in order, for what is inside of nodes. */
  readonly runSteps: (draft: Draft) => Generator<void, void>;
  readonly commands: Commands;
  /** Kinds of reference that were found sound: what holds for one node holds for its likes. */
  readonly soundReferences: SoundReferences;
  readonly report: Report;
  readonly problems: Problem[];
  readonly warnings: string[];
  /** What the wiring phase could not give a value. */
  readonly gaps: InputGap[];
  /** Who waits for whom, by the edges drawn and by references. */
  readonly links: DraftLink[];
  /** Set by the order phase; `order` is shorter than the nodes when there is a cycle. */
  graph: Graph;
  order: Int32Array;
  /** Set by the effects phase: the order that effects ask for, beyond the links. */
  readonly effectArcs: Arc[];
  /** Set by the batching phase: nodes that are executed together, by their indexes, in order; empty when nothing is batched. */
  units: readonly BatchedUnit[];
}

/** Where the nodes of a document stand. */
export interface CompiledWhere {
  /** They are executed for each item of a list. */
  readonly isLoopBody?: boolean;
  readonly outer?: Draft['outer'];
  readonly runSteps?: Draft['runSteps'];
  readonly inclusion?: WorkflowInclusion;
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
  readonly isComputed: boolean;
}

/** An input that has no value, or not the one it should have. */
export type InputGap = { readonly node: DraftNode; readonly pointer?: string } & (
  | {
      readonly kind: 'missing';
      /** The alternatives, each the inputs it lacks. */
      readonly groups: readonly (readonly InputField[])[];
      /** References that an edge would make possible. */
      readonly candidates: readonly string[];
    }
  | { readonly kind: 'ambiguous'; readonly field: InputField; readonly candidates: readonly string[] }
  /** An edge brings another value than the node has. */
  | { readonly kind: 'contradicted'; readonly field: InputField; readonly brought: string }
  /** What an edge would bring cannot be read, or is none. */
  | { readonly kind: 'unsound'; readonly problems: readonly Problem[] }
);

/** One shared call of a unit. */
export type PlannedCall = {
  /** Which of the units, from 0. */
  readonly unit: number;
  readonly uri: string;
  /** How many nodes it serves. */
  readonly nodes: number;
};

export interface BatchedUnit {
  readonly nodeIndexes: readonly number[];
  /** Empty for a unit of one. */
  readonly calls: readonly PlannedCall[];
}

export interface DraftNode extends WorkflowNode {
  index: number;
  /** It stands for a node around the loop that this draft is inside of, or for what reads the result: it is no node of the plan. */
  isOutside: boolean;
  /** What is inside it. */
  body: Draft | undefined;
  /** What it asks of what flows into it and promises of what it gives, once its schemas compile. */
  contract: NodeContract | undefined;
  /** Set by the batching phase: it may share calls, with what comes before it too, or only with what comes after. */
  sharing: 'joins' | 'begins' | undefined;
  /** The nodes around it that its inside reads. */
  outerReads: string[];
  /** Undefined when the type is unknown. */
  shape: NodeShape | undefined;
  /** The data, with wired inputs added. */
  input: Record<string, Json>;
  /* Lists grow by `added` only: as long as they are empty all nodes share one. */
  references: FoundReference[];
  /** Those of the references that are none: nothing follows them. */
  brokenReferences: FoundReference[];
  /** Texts that look like a reference and do not read as one, and where in the data they stand. */
  unreadReferences: UnreadReference[];
  /** Where its input is nested deeper than anybody writes it. */
  tooDeepAt: readonly (string | number)[] | undefined;
  wiring: Wiring[];
  /** Values an edge brings from one node: into a named input, or from a named output, or both. */
  handles: EdgeHandles[];
  /** Where its expressions read an `input`: the nodes that edges lead to it from. None: it is the input of the workflow. */
  flowsFrom: readonly string[];
  /** What must hold for it to be executed. */
  condition: Json | undefined;
  /** Of a branch: where its cases lead. */
  routes: BranchRoute[] | undefined;
  /** Of a branch whose cases stand on its edges: where their conditions do, by the index of the case. */
  casePointers: readonly string[] | undefined;
  /** On which ways of branches it lies, once those are known; undefined where there are none. */
  located: Located | undefined;
  /** Another node is there for the case that this one fails. */
  isCaught: boolean;
  /** Something that leads here is broken, so a missing input may be its fault. */
  isUpstreamBroken: boolean;
  /** Inputs reported as missing or ambiguous: other checks have nothing to add about them. */
  unfilled: string[];
}

/** A text that looks like a reference or an expression and does not read as one. */
export interface UnreadReference {
  readonly text: string;
  readonly path: readonly (string | number)[];
  /** What is wrong with its expression. */
  readonly fault?: Fault;
  /** Where it stands when that is not in the node's data. */
  readonly pointer?: string;
}

/** An expression in a node's data. */
export interface ExpressionTarget {
  readonly kind: 'expression';
  readonly expression: Expression;
  /** The string it stands in, and where its source begins there. */
  readonly string: string;
  readonly offset: number;
}

/** A reference in a node's data. */
export interface FoundReference {
  readonly text: string;
  readonly target: ReferenceTarget | ExpressionTarget;
  /** The reference is the whole string and stands for the raw value. */
  readonly isWhole: boolean;
  /** Where in the node's data: `['targets', 0]`. */
  readonly path: readonly (string | number)[];
  /** The edge that asks for it; undefined when it is written in the node's data, at `path`. */
  readonly edgePointer?: string;
  /** Something stands in for what is not there. */
  readonly isGuarded?: boolean;
  /** The expression it is read by, and where it stands in the string of that. */
  readonly within?: ReadWithin;
}

export interface ReadWithin {
  readonly string: string;
  readonly start: number;
  readonly end: number;
  /** More is done with the value than to read it. */
  readonly isComputed: boolean;
}

/** One way out of a branch. */
export interface BranchRoute {
  /** Undefined where nothing says which case it is. */
  readonly port: string | undefined;
  readonly target: string;
  readonly pointer: string;
  /** Undefined where only the branch's table has it. */
  readonly edge: WorkflowEdge | undefined;
  /** The cases by which the table leads there. */
  readonly table: readonly string[];
}

export interface DraftLink extends Arc {
  /** `error`: the target is there for the case that the source fails. */
  readonly by: 'edge' | 'reference' | 'error';
  /** The case of a branch that it leaves from. */
  readonly port?: string;
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
export function referencePointer(node: DraftNode, { edgePointer, path }: FoundReference): string {
  return edgePointer ?? dataPointerAt(node, path);
}

/** Where a part of a node's data is written: in the node, or on an edge. */
export function dataPointerAt(
  node: WorkflowNode & Partial<Pick<DraftNode, 'casePointers'>>,
  path: readonly PropertyKey[],
): string {
  const [first, at, , ...rest] = path;
  const moved = first === 'cases' ? node.casePointers?.[Number(at)] : undefined;
  const parts = (moved === undefined ? path : rest).map((part) => (typeof part === 'symbol' ? '' : part));
  return below(moved ?? node.dataPointer, ...parts);
}

/** Where a link is written: the edge, or the reference in the node that reads. */
export function linkPointer({ nodes }: Draft, { edgePointer, reference, target }: DraftLink): string {
  const reader = nodes[target];
  if (edgePointer !== undefined || reader === undefined || reference === undefined) return edgePointer ?? '';
  return referencePointer(reader, reference);
}

/** A draft with nothing but the document's nodes. */
export function startDraft(
  workflow: Workflow,
  commands: Commands,
  problems: Problem[],
  { isLoopBody = false, outer, runSteps = noSteps, inclusion = nothingIncluded() }: CompiledWhere = {},
): Draft {
  const nodes = workflow.nodes.map((node, index) => startNode(asMeant(node, commands), index));
  const empty = new Int32Array(0);
  return {
    workflow,
    isLoopBody,
    inclusion,
    outer,
    runSteps,
    commands,
    kinds: kindsOf(commands),
    findExcluded: commands.findExcluded,
    findCommand: commands.find,
    profile: commands.profile,
    nodes,
    indexById: workflow.indexById,
    soundReferences: { kinds: new Set(), last: undefined },
    report: reportInto(problems),
    problems,
    warnings: [],
    gaps: [],
    links: [],
    graph: { size: 0, targetStart: empty, targets: empty, sourceStart: empty, sources: empty },
    order: empty,
    effectArcs: [],
    units: [],
  };
}

function* noSteps(): Generator<void, void> {}

/** A list with one item more: itself, unless it is the one that all nodes without items share. */
export function added<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}

/** `n2 (audioImport)`: how messages name a node. */
export function nodeLabel(node: WorkflowNode): string {
  return `${node.id} (${node.type})`;
}

const none: never[] = [];
Object.freeze(none);

/** A node of the document, nothing known of it yet. */
export function startNode(node: WorkflowNode, index: number): DraftNode {
  return {
    id: node.id,
    type: node.type,
    data: node.data,
    onError: node.onError,
    retry: node.retry,
    timeoutMs: node.timeoutMs,
    options: node.options,
    when: node.when,
    pointer: node.pointer,
    dataPointer: node.dataPointer,
    index,
    shape: undefined,
    input: {},
    references: none,
    brokenReferences: none,
    unreadReferences: none,
    tooDeepAt: undefined,
    wiring: none,
    handles: none,
    flowsFrom: none,
    isOutside: false,
    body: undefined,
    contract: undefined,
    sharing: undefined,
    outerReads: none,
    condition: undefined,
    routes: undefined,
    casePointers: undefined,
    located: undefined,
    isCaught: false,
    isUpstreamBroken: false,
    unfilled: none,
  };
}
