import type { HookSignature } from '../../core/access/hook.ts';
import type { AccessScope } from '../../core/access/token.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { RunsWanted } from '../../core/run-states.ts';
import type { CallbackEvent } from '../../core/stores/callback-store.ts';

/** What to do: one subcommand with its own options, or a text to print (`--help`, `--version`). */
export type Subcommand =
  | {
      readonly kind: 'mcp';
      /** It was named; else nothing was. */
      readonly named: boolean;
    }
  | {
      readonly kind: 'run';
      readonly flowPath: string;
      readonly mode: 'run' | 'plan' | 'preview' | 'demo';
      readonly input: JsonObject;
      readonly forceRerun: boolean;
      readonly json: boolean;
      readonly verbose: boolean;
      readonly reports: ReportFilesSaid;
    }
  | {
      readonly kind: 'runs';
      readonly limit: number;
      readonly state: RunsWanted | undefined;
      readonly json: boolean;
      readonly verbose: boolean;
    }
  | {
      readonly kind: 'resume';
      readonly executionId: string;
      readonly flowPath: string | undefined;
      readonly from: string | undefined;
      readonly json: boolean;
      readonly verbose: boolean;
    }
  | {
      readonly kind: 'answer';
      readonly executionId: string;
      /** In words; undefined where the answer is data, is declined, or only what is asked is shown. */
      readonly text: string | undefined;
      readonly data: Json | undefined;
      readonly decline: boolean;
      readonly question: string | undefined;
      readonly node: string | undefined;
      readonly json: boolean;
      readonly verbose: boolean;
    }
  | {
      readonly kind: 'rollback';
      readonly executionId: string;
      readonly json: boolean;
      readonly verbose: boolean;
    }
  | {
      readonly kind: 'gc';
      readonly days: number;
      readonly memo: boolean;
      /** Artifacts may take so much; null: as much as they do. */
      readonly mostBytes: number | null;
      readonly json: boolean;
    }
  | TemplateSubcommand
  | ExplainSubcommand
  | TestNodeSubcommand
  | CompareSubcommand
  | { readonly kind: 'schema' }
  | WaapiServerSubcommand
  | ServeSubcommand
  | WorkerSubcommand
  | JobsSubcommand
  | TokenSubcommand
  | HookSubcommand
  | ScheduleSubcommand
  | CallbackSubcommand
  | { readonly kind: 'new'; readonly projectPath: string }
  | {
      readonly kind: 'check';
      readonly projectPath: string;
      readonly json: boolean;
      readonly reports: ReportFilesSaid;
    }
  | LintSubcommand
  | { readonly kind: 'diagnose'; readonly executionId: string; readonly json: boolean }
  | InitSubcommand
  | { readonly kind: 'doctor'; readonly json: boolean }
  | { readonly kind: 'print'; readonly text: string };

/** The subcommands that lead to the workflow service. */
export type WorkflowSubcommand = Extract<
  Subcommand,
  {
    readonly kind:
      | 'run'
      | 'runs'
      | 'resume'
      | 'answer'
      | 'rollback'
      | 'gc'
      | 'template'
      | 'explain'
      | 'test-node'
      | 'compare'
      | 'schema';
  }
>;

export interface TemplateSubcommand {
  readonly kind: 'template';
  /** Undefined: they are listed. */
  readonly template: string | undefined;
  readonly input: JsonObject | undefined;
  readonly workflowId: string | undefined;
  readonly json: boolean;
}

export interface ExplainSubcommand {
  readonly kind: 'explain';
  readonly flowPath: string;
  readonly json: boolean;
}

export interface TestNodeSubcommand {
  readonly kind: 'test-node';
  readonly type: string;
  readonly data: JsonObject;
  /** What flows into the node; undefined: nothing. */
  readonly flow: Json | undefined;
  readonly mode: 'preview' | 'demo' | 'run';
  readonly json: boolean;
  readonly verbose: boolean;
}

export interface CompareSubcommand {
  readonly kind: 'compare';
  readonly flowPaths: readonly [a: string, b: string];
  readonly input: JsonObject;
  readonly mode: 'preview' | 'demo' | 'run';
  readonly json: boolean;
  readonly verbose: boolean;
}

export interface WaapiServerSubcommand {
  readonly kind: 'waapi-server';
  /** Null: no project is open until a client opens one. */
  readonly projectPath: string | null;
  /** Null: this server is not started. */
  readonly wampPort: number | null;
  readonly httpPort: number | null;
  readonly allowedOrigins: readonly string[];
  readonly allowedAddresses: readonly string[];
  readonly wampMaxClients: number;
  readonly httpMaxClients: number;
  /** Without a call for so long the server ends; 0: it never does. */
  readonly watchdogTimeoutMs: number;
  readonly sourceControl: boolean;
  readonly loudness: 'quiet' | 'usual' | 'verbose';
}

export interface ServeSubcommand {
  readonly kind: 'serve';
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Names by which the server may be asked for, beside those of this machine. */
  readonly allowedHosts: readonly string[];
  /** Every request needs a token. */
  readonly auth: boolean;
  /** Show the page in a browser. */
  readonly open: boolean;
  /** What the page shows first: the id of a run, or the path of a workflow's file; undefined: where one begins. */
  readonly shows?: string | undefined;
}

export interface WorkerSubcommand {
  readonly kind: 'worker';
  /** Jobs at once. */
  readonly concurrency: number;
  /** Begun by all workers of the queue together in a minute; null: as many as there are. */
  readonly mostPerMinute: number | null;
  /** How long a worker that is gone is waited for. */
  readonly takeOverAfterMs: number;
  /** How long an attempt at a job may take. */
  readonly attemptMs: number;
  /** Where it says how it is; null: nowhere. */
  readonly healthPort: number | null;
  readonly healthHost: string;
}

export interface JobsSubcommand {
  readonly kind: 'jobs';
  readonly action: 'list' | 'retry' | 'discard';
  /** Of the job to retry or to discard. */
  readonly id: string;
  /** List only those that failed for good. */
  readonly isDead: boolean;
  readonly limit: number;
  readonly json: boolean;
}

export interface TokenSubcommand {
  readonly kind: 'token';
  readonly action: 'add' | 'list' | 'remove';
  /** Of the token to remove. */
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly workspace: string;
  readonly scope: AccessScope;
  /** Null: it does not expire. */
  readonly days: number | null;
  readonly json: boolean;
}

export interface HookSubcommand {
  readonly kind: 'hook';
  readonly action: 'add' | 'list' | 'remove';
  /** The workflowId of one to add, the id of one to remove. */
  readonly what: string | undefined;
  readonly name: string | undefined;
  readonly workspace: string;
  /** Null: it does not expire. */
  readonly days: number | null;
  /** How deliveries must be signed; null: they need not be. */
  readonly signature: HookSignature | null;
  /** The variable that holds what signs them; undefined: a new secret is made. */
  readonly secretEnv: string | undefined;
  /** Whose service signs its deliveries, instead of the two above. */
  readonly preset: string | undefined;
  readonly json: boolean;
}

/** The files that a report for build machines is written to; undefined: none. */
export interface ReportFilesSaid {
  readonly junit: string | undefined;
  readonly sarif: string | undefined;
  readonly summary: string | undefined;
}

export interface LintSubcommand {
  readonly kind: 'lint';
  readonly rulesPath: string | undefined;
  /** Only these rules; empty: all that are on. */
  readonly only: readonly string[];
  /** From which severity on a finding is a failure. */
  readonly failOn: 'error' | 'warning' | 'info' | 'never';
  readonly json: boolean;
  readonly reports: ReportFilesSaid;
}

export interface CallbackSubcommand {
  readonly kind: 'callback';
  readonly action: 'add' | 'list' | 'remove' | 'deliveries' | 'retry';
  /** The address of one to add, else the id of one there is. */
  readonly what: string;
  readonly name: string | undefined;
  readonly workspace: string;
  readonly events: readonly CallbackEvent[];
  readonly secretName: string;
  readonly limit: number;
  readonly json: boolean;
}

export interface ScheduleSubcommand {
  readonly kind: 'schedule';
  readonly action: 'add' | 'list' | 'remove' | 'history';
  /** The workflowId of one to add, else the id of one there is. */
  readonly what: string;
  readonly name: string | undefined;
  readonly workspace: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly input: JsonObject;
  readonly limit: number;
  readonly json: boolean;
}

/** Called with the subcommand the arguments name. */
export type Choose = (subcommand: Subcommand) => void;

export interface InitSubcommand {
  readonly kind: 'init';
  readonly client: string;
  readonly print: boolean;
  readonly remove: boolean;
  readonly name: string;
  readonly scope: 'user' | 'project' | undefined;
  /** What command line and environment say beside it: the server is to be started with the same. */
  readonly options: readonly string[];
  /** Something says which project. */
  readonly namesTarget: boolean;
}
