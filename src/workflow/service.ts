import type { Result } from '../bus/result.ts';
import type { JsonObject } from '../core/json.ts';
import type { Plan } from './compiler/plan.ts';
import type { WorkflowChoice } from './library/choose-document.ts';
import type { LibraryService } from './library/library-service.ts';
import type { NodeType } from './nodes/node-types.ts';
import type { Preview } from './preview/preview.ts';
import type { AuditService } from './records/audit-service.ts';
import type { MemoService } from './records/memo-service.ts';
import type { OnRunEvent } from './runtime/events.ts';
import type { FollowedRun, Following } from './runtime/follow-run.ts';
import type { LeftUnsaved } from './runtime/left-unsaved.ts';
import type { Forgotten } from './runtime/retention.ts';
import type { RunSubscription } from './runtime/run-events.ts';
import type { ResumeOptions, RunFilter, RunPage, RunStatus } from './runtime/runs.ts';

export type { Plan, PlanNode } from './compiler/plan.ts';
export type { WorkflowChoice } from './library/choose-document.ts';
export type { ExampleWorkflow } from './library/find-workflow.ts';
export type { ObjectChange } from './preview/image.ts';
export type { Preview } from './preview/preview.ts';
export type { OnRunEvent, RunEvent } from './runtime/events.ts';
export type { FollowedRun } from './runtime/follow-run.ts';
export type { LeftUnsaved } from './runtime/left-unsaved.ts';
export type { RunSummary } from './runtime/runs.ts';

/** What to run, and who follows it. */
export interface WorkflowRunRequest extends WorkflowChoice, Following {
  /** Values of the workflow's inputs. */
  readonly input?: JsonObject | undefined;
  /** Do these nodes again, or all of them, even where the memo has a result that still holds. */
  readonly forceRerun?: boolean | readonly string[] | undefined;
}

/** What to show of a run or a preview. */
export interface RunView {
  /** Of a run or a preview. */
  readonly executionId: string;
  /** Waits so many milliseconds for the end of a run that goes on. */
  readonly waitMs?: number | undefined;
  /** Where a long answer said that it goes on. */
  readonly cursor?: string | undefined;
  /** Only the diff of this file of a preview. */
  readonly file?: string | undefined;
  /** A preview in full, for a caller without a limit. */
  readonly whole?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Everything a facade can do with workflows and with what was done. Every method resolves to a `Result`; none rejects, and none
 * throws. Answers to show are cut to what a client takes at once and name the cursor that goes on; the ones that a type
 * describes (`Plan`, `Preview`, `RunStatus`) are whole.
 */
export interface WorkflowService {
  /** The node types, briefly, or all of the types and toolsets named; in pages. */
  nodeTypes(wanted: {
    readonly types?: readonly string[] | undefined;
    readonly cursor?: string | undefined;
  }): Promise<Result>;
  /** What an author of documents reads: every node type in full, and the JSON Schema of a document. */
  authoring(): Promise<Result<{ readonly nodeTypes: readonly NodeType[]; readonly schema: JsonObject }>>;

  /** The plan of a workflow. `checkProject`: also warns of nodes that a run would refuse as the project is now. */
  compile(choice: WorkflowChoice & { readonly checkProject?: boolean }): Promise<Result<Plan>>;
  /** The same as an answer to show, checked against the project. */
  showPlan(choice: WorkflowChoice & { readonly cursor?: string | undefined }): Promise<Result>;
  /** Runs a workflow on an image of the project. A run that would fail is what the preview says, not a failure. */
  preview(request: Omit<WorkflowRunRequest, 'waitMs'>): Promise<Result<Preview>>;

  /** Compiles a workflow and begins to run it. A failure here means that nothing began. */
  run(request: WorkflowRunRequest): Promise<Result<FollowedRun>>;
  /** Does what a preview showed. Fails with PREVIEW_NOT_FOUND, PROJECT_CHANGED, or PREVIEW_FAILED unless forced. */
  apply(
    previewId: string,
    request: Following & { readonly force?: boolean | undefined },
  ): Promise<Result<FollowedRun>>;
  /** Goes on with a run that failed, was cancelled or interrupted; a given `workflow` is the corrected one. */
  resume(
    executionId: string,
    request: Omit<ResumeOptions, 'plan' | 'onEvent' | 'signal' | 'caller'> &
      Following & { readonly workflow?: unknown },
  ): Promise<Result<FollowedRun>>;
  /** Stops a run of this process: no further node begins. Gives the state of the run, to show. */
  cancel(executionId: string): Promise<Result>;
  /** Takes back what a finished run did, as far as that can be done; names the rest. */
  rollBack(executionId: string, signal?: AbortSignal): Promise<Result>;

  /** How far a run is and how it ended. */
  status(executionId: string): Promise<Result<RunStatus>>;
  /** A run or a preview, to show. */
  show(view: RunView): Promise<Result>;
  /**
   * Tells a listener the events of a run in their order: at once those there were, then each as it comes. A run of this process
   * that goes on is told from where it was last begun; one that has ended, or that another process carries out, from the journal.
   * A listener that throws is logged and told the next one.
   */
  events(executionId: string, listener: OnRunEvent): Promise<Result<RunSubscription>>;
  /** Runs, the newest first, those of earlier processes included. */
  list(filter?: RunFilter): Promise<Result<RunPage>>;

  readonly library: LibraryService;
  readonly audit: AuditService;
  readonly memo: MemoService;

  /** Saves the project, by the command that declares it; null where no command does. */
  saveProject(): Promise<Result | null>;
  /** What is not on disk after a run; null when all is, or nobody here knows. */
  unsavedAfter(result: Result): Promise<Result<LeftUnsaved | null>>;
  /** Forgets runs and audit records older than this many days, and memo entries when asked to. */
  gc(days: number, what?: { readonly memo?: boolean }): Promise<Result<Forgotten>>;
}
