import type { NoEffectYet } from '../../core/backend/no-effect-yet.ts';
import type { Bus } from '../../core/dispatch/bus.ts';
import type { Json } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import type { Outside } from '../../core/outside/outside.ts';
import type { ArtifactStore } from '../../core/stores/artifact-store.ts';
import type { RunStore } from '../../core/stores/run-store.ts';
import type { Plan } from '../compiler/plan.ts';
import type { DialogueEngine } from '../dialogue/dialogue-engine.ts';
import type { ValuesAround } from '../expressions/resolve.ts';
import type { Remote } from '../remote/remote.ts';
import type { Clock } from './clock.ts';
import type { OnRunEvent } from './events/events.ts';
import type { RunSessions } from './journal/run-journal.ts';
import type { Limit, Pace } from './schedule/limits.ts';

export interface RunOptions {
  /** Values of the workflow's inputs. */
  readonly input?: Json | undefined;
  /** Do these nodes again, or all of them, even where the memo has a result that still holds. */
  readonly forceRerun?: boolean | readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: OnRunEvent | undefined;
  /** Called at the end with which values the run wrote that have no effect yet. */
  readonly onNoEffectYet?: ((found: readonly NoEffectYet[]) => void) | undefined;
  /** Who asks, for the audit and the log. */
  readonly caller?: string | undefined;
  /** Nodes that may be under way at once. Default: as the workflow says, else 8. Nodes that change the project never overlap another one. */
  readonly concurrency?: number | undefined;
}

export interface RunnerParts {
  readonly bus: Bus;
  readonly log: Log;
  /** The bus works on a copy of the project: nothing outside may notice, and nothing is waited for. */
  readonly isPreview?: boolean | undefined;
  /** Nodes give what their mocks say, and none asks a service. */
  readonly isDemo?: boolean | undefined;
  /** Default: the clock of this machine. */
  readonly clock?: Clock | undefined;
  /** Journals every transition of every node; without it nothing is kept beyond the run. */
  readonly store?: RunStore | undefined;
  /** Keeps where a run stands that waits for an answer; without it the journal alone says it. */
  readonly sessions?: RunSessions | undefined;
  /** Where outputs over the cap go; without it they stay in their rows. */
  readonly artifacts?: ArtifactStore | undefined;
  /** Where copies of overwritten originals go. */
  readonly stateDir?: string | undefined;
  /** Files of the open project with unsaved edits; left out where nobody here knows: the back-end then has them. */
  readonly unsavedFiles?: (() => readonly string[]) | undefined;
  /** Called before the end of a run without failure is recorded, or that it waits: what it rejects with is how the run failed. */
  readonly confirmEnd?: (() => Promise<void>) | undefined;
  /** Longest output of a node that stays in its row, in bytes of JSON. Default 262,144. */
  readonly outputCapBytes?: number | undefined;
  /** What expressions ask of the program they run in; left out: there are no secrets, and no rule of names. */
  readonly expressions?: Partial<Pick<ValuesAround, 'secret' | 'cleanName'>> | undefined;
  /** Dialogues with a person; left out: such that know no objects of the project. */
  readonly dialogues?: DialogueEngine | undefined;
  /** Files, databases and addresses around the project; left out: none may be reached. */
  readonly outside?: Outside | undefined;
  /** What nodes may ask of services and programs; left out: addresses alone, without presets. */
  readonly remote?: Remote | undefined;
  /** Shared by several runs: what their reading nodes go through. */
  readonly reads?: Limit | undefined;
  /** Shared by several runs: how fast the nodes of a plan may begin. Left out: as fast as the plan itself says. */
  readonly paceOf?: ((plan: Plan) => Pace | undefined) | undefined;
}

/** What holds for all runs of a process together. */
export interface SharedLimits {
  /** Reading nodes that may be under way at once; nodes that change something take turns anyway. Default 32. */
  readonly maxConcurrency?: number | undefined;
  /** Nodes that may begin in a second. Default: no limit. */
  readonly maxPerSecond?: number | undefined;
}
