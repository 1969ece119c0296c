import type { Json, JsonObject } from '../../base/json.ts';

/** A workflow as an author wrote it, checked for shape; what only concerns drawing is left out. */
export interface Workflow {
  /** Names the memo's scope: the same workflowId, node and input is the same work. */
  readonly workflowId: string;
  readonly name?: string;
  readonly version?: string;
  readonly inputs: ReadonlyMap<string, WorkflowInput>;
  readonly nodes: readonly WorkflowNode[];
  readonly edges: readonly WorkflowEdge[];
}

export type WorkflowInputType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';

/** A value the caller of a run hands in, read by nodes as `$input:name`. Without a default it is required. */
export type WorkflowInput = {
  readonly type?: WorkflowInputType;
  readonly description?: string;
  readonly default?: Json;
};

export interface WorkflowNode {
  readonly id: string;
  /** A command's name or its camelCase alias. */
  readonly type: string;
  readonly data: JsonObject;
  /** Where the node stands in the document, and where its data does: `/nodes/0`, `/nodes/0/data`. */
  readonly pointer: string;
  readonly dataPointer: string;
}

export interface WorkflowEdge {
  readonly source: string;
  readonly target: string;
  /** An output of the source, when the edge leaves from one. */
  readonly sourceHandle?: string;
  /** An input of the target, when the edge leads into one. */
  readonly targetHandle?: string;
  readonly pointer: string;
}
