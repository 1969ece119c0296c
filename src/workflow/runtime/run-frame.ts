import type { GatedWrite } from '../../core/backend/no-effect-yet.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Plan } from '../compiler/plan.ts';
import type { DialogueEngine } from '../dialogue/dialogue-engine.ts';
import type { ValuesAround } from '../expressions/resolve.ts';
import type { NodeKinds } from '../nodes/catalog.ts';
import type { Remote } from '../remote/remote.ts';
import type { Questions } from './asking/questions.ts';
import type { Clock } from './clock.ts';
import type { OnRunEvent } from './events/events.ts';
import type { RunJournal } from './journal/run-journal.ts';
import type { LivePlan } from './loops/live-plan.ts';
import type { Unrolled } from './loops/unroll.ts';
import type { OriginalsWatch } from './originals/originals.ts';
import type { Replanned } from './resume/replan.ts';
import type { UndoStep } from './roll-back/undo-step.ts';
import type { RunnerParts } from './run-request.ts';
import type { Limit } from './schedule/limits.ts';
import type { MemoryWatch } from './usage/memory-watch.ts';
import type { Outputs } from './values/outputs.ts';

/** What one run works with. */
export interface RunFrame {
  readonly parts: RunnerParts;
  readonly plan: Plan;
  /** Its nodes. */
  readonly live: LivePlan;
  readonly kinds: NodeKinds;
  readonly executionId: string;
  readonly caller: string | undefined;
  readonly inputs: JsonObject;
  /** What expressions look at beside these and what nodes gave. */
  readonly around: ValuesAround;
  readonly isForced: (node: string) => boolean;
  readonly signal: AbortSignal | undefined;
  readonly concurrency: number;
  /** How fast nodes may begin; undefined: as fast as they can. */
  readonly pace: Limit | undefined;
  readonly emit: OnRunEvent;
  /** The same, once the journal has written what was noted by now. */
  readonly emitWritten: OnRunEvent;
  readonly journal: RunJournal;
  readonly outputs: Outputs;
  readonly remote: Remote;
  /** What nodes noted so far, by their ids. */
  readonly notes: Map<string, readonly JsonObject[]>;
  readonly questions: Questions;
  readonly dialogues: DialogueEngine;
  readonly undoStep: UndoStep;
  readonly originals: OriginalsWatch;
  /** Values the nodes wrote whose effect depends on an override; looked at once, at the end. */
  readonly gatedWrites: GatedWrite[];
  /** What to do with the nodes of a run that goes on; undefined for a new run. */
  readonly replanned: ReadonlyMap<string, Replanned> | undefined;
  /** The loops that an earlier part of the run opened, by their ids. */
  readonly unrolled: ReadonlyMap<string, Unrolled>;
  /** The span of the run. */
  readonly span: unknown;
  readonly clock: Clock;
  readonly now: () => number;
  readonly memory: MemoryWatch;
  /** Waits up to this long keep the run going; longer ones suspend it. In milliseconds. */
  readonly holdMs: number;
}
