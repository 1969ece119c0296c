import type { HookSignature } from '../core/access/hook.ts';
import type { Json, JsonObject } from '../core/json.ts';
import type { Result } from '../core/result.ts';
import type { Plan } from './compiler/plan.ts';
import type { WorkflowChoice } from './library/choose-document.ts';
import type { LibraryService } from './library/library-service.ts';
import type { TemplateService } from './library/template-service.ts';
import type { FunctionName } from './nodes/described/expression-names.ts';
import type { NodeType } from './nodes/described/node-types.ts';
import type { NodeTypesView } from './nodes/described/show-node-types.ts';
import type { EstimatedCosts } from './preview/estimate-costs.ts';
import type { Preview } from './preview/preview.ts';
import type { AuditService } from './records/audit-service.ts';
import type { DeadLetterService } from './records/dead-letter-service.ts';
import type { MemoService } from './records/memo-service.ts';
import type { RunFilter, RunPage } from './runtime/answers/list-runs.ts';
import type { GivenAnswer } from './runtime/asking/question-of-answer.ts';
import type { DeliveredBody } from './runtime/delivered-input.ts';
import type { OnRunEvent } from './runtime/events/events.ts';
import type { FollowedRun, Following } from './runtime/events/follow-run.ts';
import type { RunSubscription } from './runtime/events/run-events.ts';
import type { Forgotten } from './runtime/retention/retention.ts';
import type { LeftUnsaved } from './runtime/roll-back/left-unsaved.ts';
import type { ResumeOptions, RunStatus, Runs } from './runtime/runs.ts';

export type { Plan, PlanNode } from './compiler/plan.ts';
export type { WorkflowChoice } from './library/choose-document.ts';
export type { ExampleWorkflow } from './library/find-workflow.ts';
export type { EstimatedCosts } from './preview/estimate-costs.ts';
export type { PreviewedChange as ObjectChange } from './preview/image.ts';
export type { Preview } from './preview/preview.ts';
export type { GivenAnswer } from './runtime/asking/question-of-answer.ts';
export type { DeliveredBody } from './runtime/delivered-input.ts';
export type { OnRunEvent, RunEvent } from './runtime/events/events.ts';
export type { FollowedRun } from './runtime/events/follow-run.ts';
export type { ExecutedElsewhere } from './runtime/executed-elsewhere.ts';
export type { LeftUnsaved } from './runtime/roll-back/left-unsaved.ts';
export type {
  ResumeOptions,
  RunStatus,
  RunSummary,
  Runs,
  StartedRun,
} from './runtime/runs.ts';

/** What to run, and who follows it. */
export interface WorkflowRunRequest extends WorkflowChoice, Following {
  /** Values of the workflow's inputs. */
  readonly input?: JsonObject | undefined;
  /** Do these nodes again, or all of them, even where the memo has a result that still holds. */
  readonly forceRerun?: boolean | readonly string[] | undefined;
}

/** `preview`: on a copy of the project, nobody outside is asked. `demo`: with the mocks of nodes. `run`: for real. */
export type TrialMode = 'preview' | 'demo' | 'run';

/** One node, and what it is tried on. */
export interface NodeToTest {
  readonly type: string;
  readonly data?: JsonObject | undefined;
  /** What flows into it; an object, a list, or any other value. Left out: nothing. */
  readonly flow?: Json | undefined;
  /** More of the node, as a document has it: `outputSchema`, `retry`, `mock`, `cost`... */
  readonly options?: JsonObject | undefined;
  readonly mode: TrialMode;
  readonly caller: string;
  readonly signal?: AbortSignal | undefined;
}

/** Two variants, and what both are tried on. */
export interface WorkflowsToCompare {
  readonly a: WorkflowChoice;
  readonly b: WorkflowChoice;
  /** Values of the inputs of both. */
  readonly input?: JsonObject | undefined;
  readonly mode: TrialMode;
  readonly caller: string;
  readonly signal?: AbortSignal | undefined;
}

/** Something that came from outside for a workflow of the library. */
export interface WorkflowDelivery {
  readonly workflowId: string;
  /** Where the values of the workflow's inputs come from. */
  readonly body: DeliveredBody;
  /** Keeps which run this delivery starts; gives the one that is kept, which is another when it came before. */
  claim(executionId: string): Promise<string>;
  /** Who asks, for the audit and the log. */
  readonly caller: string;
}

/** The run of a delivery. `isRepeated`: it began when the same was delivered before. */
export interface DeliveredRun {
  readonly executionId: string;
  readonly isRepeated: boolean;
}

/** The documents about workflows. */
export interface Authoring {
  /** By toolset: `purpose` and `signatures`. */
  readonly toolsets: JsonObject;
  readonly nodeTypes: readonly NodeType[];
  /** What expressions may call. */
  readonly functions: readonly FunctionName[];
  readonly schema: JsonObject;
}

/** What to show of a run or a preview. */
export interface RunView {
  /** Of a run or a preview. */
  readonly executionId: string;
  /** Waits so many milliseconds for the end of a run that goes on. */
  readonly waitMs?: number | undefined;
  /** Where a long answer said that it goes on. */
  readonly cursor?: string | undefined;
  /** Its plan as a flowchart in Mermaid's words, coloured as the run stands. */
  readonly mermaid?: boolean | undefined;
  /** Only the diff of this file of a preview. */
  readonly file?: string | undefined;
  /** The content of this artifact of the run, in parts; its id as an answer named it. */
  readonly artifact?: string | undefined;
  /** A preview in full, for a caller without a limit. */
  readonly whole?: boolean | undefined;
  /** Also what serves the keeping of records, and the diffs of all files of a preview. */
  readonly verbose?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Everything a facade can do with workflows and with what was done. Every method resolves to a `Result`; none rejects, and none
 * throws. Answers to show are cut to what a client takes at once and name the cursor that goes on; the ones that a type
 * describes (`Plan`, `Preview`, `RunStatus`) are whole.
 */
export interface WorkflowService {
  /** The toolsets with the names of their node types; the signatures of one; or all of the types named. In pages. */
  nodeTypes(wanted: NodeTypesView): Promise<Result>;
  /**
   * What an author of documents reads: the signature of every node type by toolset, every type with its members as data,
   * the functions of expressions, and the JSON Schema of a document.
   */
  authoring(): Promise<Result<Authoring>>;

  /** The plan of a workflow. `checkProject`: also warns of nodes that a run would refuse as the project is now. */
  compile(choice: WorkflowChoice & { readonly checkProject?: boolean }): Promise<Result<Plan>>;
  /** The same as an answer to show, checked against the project. */
  showPlan(
    choice: WorkflowChoice & {
      readonly mermaid?: boolean | undefined;
      readonly cursor?: string | undefined;
      readonly verbose?: boolean | undefined;
    },
  ): Promise<Result>;
  /** What it does, in plain sentences: about the whole, its inputs and each step in the order of execution. */
  explain(choice: WorkflowChoice & { readonly cursor?: string | undefined }): Promise<Result>;
  /** What a run of it is expected to cost, by the prices of the workflow and of presets; null where no node has one. */
  estimateCosts(plan: Plan): EstimatedCosts | null;
  /** Tries one node alone on what flows into it. How it failed is part of the answer. */
  testNode(node: NodeToTest): Promise<Result>;
  /** Tries two variants of a workflow on one input, and says in what they differ: results, changes, costs, time. */
  compare(variants: WorkflowsToCompare): Promise<Result>;
  /** Runs a workflow on an image of the project. A run that would fail is what the preview says, not a failure. */
  preview(
    request: Omit<WorkflowRunRequest, 'waitMs'> & {
      /** Nodes give what their mocks say, and none asks a service. */
      readonly demo?: boolean | undefined;
    },
  ): Promise<Result<Preview>>;

  /** Compiles a workflow and begins to run it. A failure here means that nothing began. */
  run(request: WorkflowRunRequest): Promise<Result<FollowedRun>>;
  /**
   * Begins the run that a delivery starts, and does not wait for it. One that was delivered before begins nothing, unless its run
   * did not begin then. A failure means that nothing began.
   */
  deliver(delivery: WorkflowDelivery): Promise<Result<DeliveredRun>>;
  /** Does what a preview showed. Fails with PREVIEW_NOT_FOUND, PROJECT_CHANGED, or PREVIEW_FAILED unless forced. */
  apply(
    previewId: string,
    request: Following & {
      readonly force?: boolean | undefined;
      /** False: of the nodes only those are answered that did something else than the preview showed. */
      readonly whole?: boolean | undefined;
    },
  ): Promise<Result<FollowedRun>>;
  /** Goes on with a run that failed, was cancelled or interrupted; a given `workflow` is the corrected one. */
  resume(
    executionId: string,
    request: Omit<ResumeOptions, 'plan' | 'onEvent' | 'signal' | 'caller'> &
      Following & { readonly workflow?: unknown },
  ): Promise<Result<FollowedRun>>;
  /**
   * Answers a question of a run, once: the answer is on disk before anything follows from it. The run goes on where this process
   * can; where it cannot, the answer stays and a notice says so. Fails with ALREADY_ANSWERED where another answer was first.
   */
  answer(
    executionId: string,
    given: GivenAnswer,
    request: Omit<Following, 'signal'>,
  ): Promise<Result<FollowedRun>>;
  /** Stops a run of this process: no further node begins. Gives the state of the run, to show. `isLeft`: another process goes on. */
  cancel(executionId: string, how?: { readonly isLeft?: boolean }): Promise<Result>;
  /** Rolls back what a finished run did, as far as that can be done; names the rest. */
  rollBack(executionId: string, signal?: AbortSignal): Promise<Result>;

  /** How far a run is and how it ended. */
  status(executionId: string): Promise<Result<RunStatus>>;
  /** The plan of a run, as it was journalled. */
  planOf(executionId: string): Promise<Result>;
  /** What flows into a node of a run, with the values of its references as far as they are known. */
  inputOf(executionId: string, node: string): Promise<Result>;
  /** A run or a preview, to show. */
  show(view: RunView): Promise<Result>;
  /**
   * Sends a listener the events of a run in their order: at once those there were, then each as it comes. A run of this process
   * that goes on or is suspended is sent from where it was last begun or resumed after it had ended, and goes on to be sent when
   * the run goes on here; one that has ended, or that another process executes, from the journal.
   * A listener that throws is logged and sent the next one.
   */
  events(executionId: string, listener: OnRunEvent): Promise<Result<RunSubscription>>;
  /** Runs, the newest first, those of earlier processes included. */
  list(filter?: RunFilter): Promise<Result<RunPage>>;
  /** How many such runs there are, on all pages. */
  count(filter?: Parameters<Runs['count']>[0]): Promise<Result<{ readonly total: number }>>;

  /**
   * How the service of a preset signs what it delivers, and with what. Fails with PRESET_NOT_FOUND, INVALID_INPUT where it signs
   * nothing, UNRESOLVED_REFERENCE where its secret is not set up.
   */
  webhookOf(preset: string): Promise<Result<{ readonly signature: HookSignature; readonly secret: string }>>;

  readonly library: LibraryService;
  readonly templates: TemplateService;
  readonly audit: AuditService;
  readonly deadLetters: DeadLetterService;
  readonly memo: MemoService;

  /** How this workspace has been and is, without a question to the back-end. */
  health(): Promise<Result>;

  /** Saves the project, by the command that declares it; null where no command does. */
  saveProject(): Promise<Result | null>;
  /** What is not on disk after a run; null when all is, or nobody here knows. */
  unsavedAfter(result: Result): Promise<Result<LeftUnsaved | null>>;
  /** Forgets runs and audit records older than this many days, and memo entries when asked to. */
  gc(
    days: number,
    what?: {
      readonly memo?: boolean;
      /** Artifacts of runs that are over go, the oldest first, until all take at most so much. */
      readonly mostBytes?: number | undefined;
    },
  ): Promise<Result<Forgotten>>;
}
