import type { JsonObject } from '../../../../core/json.ts';
import type { KnownServices } from '../../../nodes/requests/known-services.ts';

/** A workflow of the library as a plan takes it in. */
export interface IncludedWorkflow {
  readonly workflowId: string;
  /** Null for an example. */
  readonly version: number | null;
  readonly document: JsonObject;
}

/** What the library has for what a node names, by subworkflowKey; or why it has nothing. */
export type Subworkflows = ReadonlyMap<
  string,
  IncludedWorkflow | { readonly why: string; readonly candidates: readonly string[] }
>;

/** Where a draft stands among workflows that include each other. */
export interface WorkflowInclusion {
  readonly subworkflows: Subworkflows;
  /** Undefined for the whole. From the outside: what is around it, itself included. */
  readonly path: readonly IncludedStep[] | undefined;
  /** Shared by a whole plan: nodes taken in so far. */
  readonly taken: { nodes: number };
  /** What nodes may ask of others; undefined: nothing is known of it. */
  readonly services?: KnownServices | undefined;
}

/** One of them: with an id where it is one of the library. */
export interface IncludedStep {
  readonly label: string;
  readonly workflowId?: string;
}

export function nothingIncluded(subworkflows: Subworkflows = new Map()): WorkflowInclusion {
  return { subworkflows, path: undefined, taken: { nodes: 0 } };
}

/** How a workflow that a node names is looked up. */
export function subworkflowKey(workflow: string, version: unknown): string {
  return JSON.stringify([workflow, typeof version === 'number' ? version : null]);
}
