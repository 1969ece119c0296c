import { inTurns, type Pause } from '../../../core/turns/turns.ts';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import { describeStep } from '../../model/restoring/describe-step.ts';
import type { KeptStep } from '../../model/restoring/kept-step.ts';
import type { EditLog } from '../../model/writing/edit-log.ts';
import type { EditStep } from '../../model/writing/edit-step.ts';
import type { OpenedProject } from '../opened-project.ts';

/** Describes the steps of a project, while somebody asks for that, so that they can be reverted later. */
export interface Keeper {
  readonly keeping: OpenedProject['keeping'];
  /** A step that is applied, but not taken out of the log. */
  note(step: EditStep): Promise<void>;
  /** Something is done that is no step. */
  giveUp(): void;
}

export function createStepKeeper(index: ObjectIndex, log: EditLog): Keeper {
  /** Undefined while nobody asks, null once something cannot be described. */
  let kept: KeptStep[] | null | undefined;
  let giveWay: Pause | undefined;
  return {
    async keeping(work, pause) {
      kept = [];
      giveWay = pause;
      try {
        const result = await work();
        return { result, kept };
      } finally {
        kept = undefined;
      }
    },
    async note(step) {
      if (kept === undefined || kept === null || step.edits.length === 0) return;
      const described = await inTurns(describeStep(step, log, index), giveWay);
      if (described === undefined) kept = null;
      else kept.push(described);
    },
    giveUp() {
      if (kept !== undefined) kept = null;
    },
  };
}
