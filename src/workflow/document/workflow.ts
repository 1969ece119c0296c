import type { ErrorCode } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Normalisation } from './normalise/normalise-document.ts';

/** A workflow as an author wrote it, checked for shape; what only concerns drawing is left out. */
export interface Workflow {
  /** Names the memo's scope: the same workflowId, node and input is the same work. */
  readonly workflowId: string;
  readonly name?: string;
  readonly version?: string;
  /** What a run does when a node fails. Default: stop. */
  readonly onError?: RunOnError;
  /** Time a run may take, in milliseconds. */
  readonly timeoutMs?: number;
  /** Nodes that may be under way at once. */
  readonly concurrency?: number;
  /** Nodes that may begin in a second. */
  readonly maxPerSecond?: number;
  /** Nodes may add theirs: see declare-inputs.ts. */
  readonly inputs: Map<string, WorkflowInput>;
  /** Values of the author's own, which expressions read by these names. */
  readonly vars: JsonObject;
  readonly globals: JsonObject;
  /** How nodes are tried again that do not say it themselves. */
  readonly retry?: RetryPolicy;
  readonly policies?: Policies;
  /** JSON Schemas by name, which those of nodes refer to. */
  readonly schemas?: JsonObject;
  readonly nodes: readonly WorkflowNode[];
  /** Index among the nodes by id. */
  readonly indexById: Map<string, number>;
  readonly edges: readonly WorkflowEdge[];
  /** What was read in another way than it is written. */
  readonly normalised?: readonly Normalisation[];
}

/** What a run of a workflow may not do, whoever runs it. */
export type Policies = {
  /** Types of nodes that it may not have, by their names. */
  readonly forbidden?: readonly string[];
  /** Paths of objects: it changes nothing but what lies at or below one of them. */
  readonly roots?: readonly string[];
  /** It changes at most so many objects. */
  readonly mostObjects?: number;
  /** It is only run by applying a preview. */
  readonly previewRequired?: boolean;
};

export type WorkflowInputType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';

/** A value the caller of a run hands in, read by nodes as `$input:name`. Without a default it is required. */
export type WorkflowInput = {
  readonly type?: WorkflowInputType;
  readonly description?: string;
  readonly default?: Json;
};

/** `stop`: nothing new begins. `continue`: what does not need the failed node goes on. `rollback`: stop, and take everything back. */
export type RunOnError = 'stop' | 'continue' | 'rollback';

/** `stop`: as the workflow says. `continue`: the run may succeed without this node. `route`: its error edges are followed. */
export type NodeOnError = 'stop' | 'continue' | 'route';

/** How often a node is tried again after a failure that may pass by itself. Delays in milliseconds. */
export type RetryPolicy = {
  readonly maxRetries: number;
  readonly initialDelayMs: number;
  /** Each delay is the one before times this. */
  readonly backoffMultiplier: number;
  readonly maxDelayMs: number;
  /** Lengthens each delay by a random part of itself, so that several clients do not come back at once. */
  readonly jitter: boolean;
  /** Only after these codes. Default: all that are retryable. */
  readonly codes?: readonly ErrorCode[];
};

/** What a call of a node costs. */
export type NodeCost = { readonly perCall: number; readonly currency: string };

/** What a node promises and stands for beside its input. */
export interface NodeOptions {
  /** JSON Schemas, as the document has them: of what flows into it, and of what it gives. */
  readonly inputSchema: JsonObject | boolean | undefined;
  readonly outputSchema: JsonObject | boolean | undefined;
  readonly coerce: boolean;
  /** What it gives in a demo. */
  readonly mock: JsonObject | undefined;
  readonly cost: NodeCost | undefined;
}

export interface WorkflowNode {
  readonly id: string;
  /** A command's name or its camelCase alias. */
  readonly type: string;
  readonly data: JsonObject;
  readonly onError: NodeOnError | undefined;
  readonly retry: RetryPolicy | undefined;
  /** Time each attempt may take, in milliseconds. */
  readonly timeoutMs: number | undefined;
  /** Undefined: it has none of them. */
  readonly options: NodeOptions | undefined;
  /** The node is skipped when this does not hold: a condition, as the document has it. */
  readonly when: Json | undefined;
  /** Where the node stands in the document, and where its data does: `/nodes/0`, `/nodes/0/data`. */
  readonly pointer: string;
  readonly dataPointer: string;
}

export interface WorkflowEdge {
  readonly source: string;
  readonly target: string;
  /** An output of the source, when the edge leaves from one. */
  readonly sourceHandle: string | undefined;
  /** An input of the target, when the edge leads into one. */
  readonly targetHandle: string | undefined;
  /** Of an edge from a branch: it is followed when this holds. As the document has it. */
  readonly condition: Json | undefined;
  readonly pointer: string;
}
