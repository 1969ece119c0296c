import type { Bus } from '../bus/bus.ts';
import type { JsonObject } from '../core/json.ts';
import type { AuditStore } from '../core/stores/audit-store.ts';
import type { MemoStore } from '../core/stores/memo-store.ts';
import type { WorkflowLibrary } from '../core/stores/workflow-library.ts';
import type { Previews } from './preview/preview.ts';
import type { Runs } from './runtime/runs.ts';

/** Everything a door can do with workflows and with what was done. */
export interface WorkflowDesk {
  readonly bus: Bus;
  readonly runs: Runs;
  readonly previews: Previews;
  readonly library: WorkflowLibrary;
  /** Workflows that come with WwiseFlow, to start from. */
  readonly examples: readonly ExampleWorkflow[];
  readonly audit: AuditStore;
  readonly memo: MemoStore;
  /** Directories a caller may have files written to. */
  readonly exportDirs: readonly string[];
  /** Directory for exports that name no place of their own. */
  readonly stateDir: string;
  /** Files of the open project with unsaved edits; absent with a live Wwise, which does not say. */
  readonly unsavedFiles?: (() => readonly string[]) | undefined;
}

export interface ExampleWorkflow {
  readonly workflowId: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly document: JsonObject;
}
