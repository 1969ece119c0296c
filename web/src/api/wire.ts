import type { PatchOperation, Problem } from '../../../src/workflow/compiler/problem.ts';
import type { FunctionName } from '../../../src/workflow/nodes/described/expression-names.ts';
import type { NodeType } from '../../../src/workflow/nodes/described/node-types.ts';
import type { RunStatus } from '../../../src/workflow/runtime/journal/run-status.ts';
import type { Plan, RunSummary } from '../../../src/workflow/service.ts';

export type { NodeInput, NodeOutput } from '../../../src/workflow/nodes/described/node-types.ts';
export type { NodeStatus } from '../../../src/workflow/runtime/journal/run-status.ts';
export type { PlanNode, RunEvent } from '../../../src/workflow/service.ts';
export type { FunctionName, NodeType, PatchOperation, Plan, Problem, RunStatus, RunSummary };

export type Value = null | boolean | number | string | readonly Value[] | ValueObject;
export interface ValueObject {
  readonly [member: string]: Value | undefined;
}

/** A workflow in a list. One that comes with the program has no `version`. */
export interface ListedWorkflow {
  readonly workflowId: string;
  readonly version?: number | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly savedAtMs?: number;
}

export interface KeptWorkflow extends ListedWorkflow {
  readonly document: ValueObject;
  readonly versions: readonly { readonly version: number; readonly savedAtMs: number }[];
}

/** An object of the project. */
export interface ProjectObject {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly path: string;
}

export interface PreviewedObject extends ProjectObject {
  readonly change: 'created' | 'changed' | 'moved' | 'deleted';
  readonly changes: readonly {
    readonly property: string;
    readonly old: Value;
    readonly new: Value;
    readonly noEffectYet?: string;
  }[];
  readonly from?: string;
}

export interface WholePreview {
  readonly previewId: string;
  readonly workflowId: string;
  readonly wouldSucceed: boolean;
  readonly expiresAtMs: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly files: readonly { filePath: string; state: string; added: number; removed: number }[];
  readonly objects: readonly PreviewedObject[];
  readonly originals: readonly { filePath: string; sizeBytes: number; replaces: boolean }[];
  readonly diff?: readonly { readonly file: string; readonly text: string }[];
  readonly warnings: readonly string[];
  readonly error?: string;
  readonly results?: readonly NodeResult[];
}

/** What a node gave, as a row of the result of a run. */
export interface NodeResult {
  readonly node: string;
  readonly ok: boolean;
  readonly data?: Value;
  readonly error?: string;
  readonly code?: string;
  readonly hint?: string;
  readonly memo?: string;
  readonly durationMs?: number;
  readonly details?: ValueObject;
}
