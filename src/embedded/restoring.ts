import type { JsonObject } from '../core/json.ts';
import { type Restoring, WaapiError } from '../wwise/connection/backend.ts';
import { type CallOrder, notPastRunning } from './calls/call-order.ts';
import type { Calls } from './calls/calls.ts';
import { touchedBy } from './model/restoring/are-restored.ts';
import { asKeptStep, type KeptStep } from './model/restoring/kept-step.ts';
import { NotRestorable } from './model/restoring/restore-steps.ts';
import type { OpenedProject } from './project/opened-project.ts';

export interface RestoringParts {
  readonly order: CallOrder;
  readonly calls: Calls;
  readonly sessionId: number;
  project(): OpenedProject | null;
}

/** Reverts what calls of the engine did, in its turn. */
export function createRestoring({ order, calls, sessionId, project }: RestoringParts): Restoring {
  return {
    restore(steps) {
      const work = calls.guarded('restoring', async () => {
        const kept = keptOf(steps);
        const current = project();
        if (current === null || kept === undefined) return notOurs;
        try {
          await current.restore(kept, sessionId, calls.giveWay);
          return null;
        } catch (thrown) {
          if (thrown instanceof NotRestorable || thrown instanceof WaapiError) return thrown.message;
          throw thrown;
        }
      });
      return order.change(sessionId, work);
    },
    tookObjects: (steps) => (keptOf(steps) ?? []).some(({ former }) => former.some((one) => 'id' in one)),
    touched: (steps) => (keptOf(steps) ?? []).flatMap(touchedBy),
    isBack: (steps, known) =>
      order.read(
        sessionId,
        notPastRunning(async () => {
          const kept = keptOf(steps);
          return kept !== undefined && (await project()?.areRestored(kept, known)) === true;
        }),
      ),
  };
}

const notOurs = 'What was kept of it is in a form that this version does not read.';

function keptOf(steps: readonly JsonObject[]): readonly KeptStep[] | undefined {
  const kept = steps.flatMap((step) => asKeptStep(step) ?? []);
  return kept.length === steps.length ? kept : undefined;
}
