import type { JsonObject } from '../../core/json.ts';
import type { RunState } from '../../core/run-states.ts';

/** What to do: one subcommand with its own options, or a text to print (`--help`, `--version`). */
export type Door =
  | { readonly kind: 'mcp' }
  | {
      readonly kind: 'run';
      readonly flowPath: string;
      readonly mode: 'run' | 'plan' | 'preview';
      readonly input: JsonObject;
      readonly forceRerun: boolean;
      readonly json: boolean;
    }
  | {
      readonly kind: 'runs';
      readonly limit: number;
      readonly state: RunState | undefined;
      readonly json: boolean;
    }
  | {
      readonly kind: 'resume';
      readonly executionId: string;
      readonly flowPath: string | undefined;
      readonly from: string | undefined;
      readonly json: boolean;
    }
  | { readonly kind: 'rollback'; readonly executionId: string; readonly json: boolean }
  | { readonly kind: 'gc'; readonly days: number; readonly memo: boolean; readonly json: boolean }
  | WaapiServerDoor
  | { readonly kind: 'new'; readonly projectPath: string }
  | { readonly kind: 'check'; readonly projectPath: string; readonly json: boolean }
  | { readonly kind: 'doctor'; readonly json: boolean }
  | { readonly kind: 'print'; readonly text: string };

/** The doors that lead to the workflow desk. */
export type WorkflowDoor = Extract<Door, { readonly kind: 'run' | 'runs' | 'resume' | 'rollback' | 'gc' }>;

export interface WaapiServerDoor {
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

/** Told of the door the arguments lead to. */
export type Choose = (door: Door) => void;
