import type { PlanNode } from '../../compiler/plan.ts';
import { type Awaited, wakeAtMsOf } from '../../nodes/asking/question.ts';
import type { RunFrame } from '../run-frame.ts';
import type { PlanUnit } from '../schedule/schedule.ts';

/** The suspended nodes of this part of a run. */
export interface Parking {
  /** How many wait so shortly that the run waits with them. */
  readonly held: number;
  /** Keeps a node until its time has come or its answer is there, as far as this part of the run goes. */
  park(unit: PlanUnit, node: PlanNode, awaited: Awaited): void;
  /** Lets go on all that hold the run. */
  wakeAll(): void;
}

/** `wake` lets a node go on; it may do so while `park` is called. */
export function createParking(
  { clock, holdMs, now, questions, signal }: RunFrame,
  wake: (unit: PlanUnit, node: PlanNode, awaited: Awaited) => void,
): Parking {
  const holding = new Set<() => void>();

  /** Gives what calls it off. */
  const hold = (untilMs: number, work: () => void): (() => void) => {
    const off = (): void => {
      callOff();
      holding.delete(end);
      signal?.removeEventListener('abort', end);
    };
    const end = (): void => {
      off();
      work();
    };
    const callOff = clock.at(untilMs, end, true);
    holding.add(end);
    signal?.addEventListener('abort', end, { once: true });
    return off;
  };

  return {
    get held() {
      return holding.size;
    },
    park: (unit, node, awaited) => {
      const goOn = (): void => wake(unit, node, awaited);
      if (questions.answerTo(awaited) !== undefined) {
        goOn();
        return;
      }
      const atMs = wakeAtMsOf(awaited);
      const isHeld = atMs !== null && atMs - now() <= holdMs;
      const off = isHeld ? hold(atMs, goOn) : undefined;
      if (awaited.for !== 'answer') return;
      questions.onAnswer(awaited.question.id, () => {
        off?.();
        goOn();
      });
    },
    wakeAll: () => {
      for (const end of [...holding]) end();
    },
  };
}
