import { toWwiseFlowError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { AuditStore } from '../core/stores/audit-store.ts';
import { auditRecord, type Dispatched } from './audit-record.ts';
import type { AnyCommand } from './command.ts';
import { type Result, withNotices } from './result.ts';

/** Records what was dispatched, and says so where that failed. */
export interface AuditTrail {
  /** Records one dispatch; gives its result, with a notice when the audit did not take it. */
  recorded(dispatched: Dispatched): Promise<Result>;
  /** Records nodes of a run. */
  record(...dispatched: readonly Dispatched[]): Promise<void>;
  /** What of runs could not be recorded, in words; each once. Rows of a run have no notices of their own. */
  takeUnreported(): readonly string[];
}

export function createAuditTrail(
  audit: AuditStore,
  find: (name: string) => AnyCommand | undefined,
  log: Log,
): AuditTrail {
  const unreported = new Set<string>();

  /** Gives what is to be reported when the audit does not take it. */
  const append = async (dispatches: readonly Dispatched[]): Promise<string | null> => {
    try {
      await audit.append(...dispatches.map((one) => auditRecord(one, find(one.name))));
      return null;
    } catch (err) {
      log.warn({ command: dispatches[0]?.name, err }, 'The audit could not be written');
      return notAudited(err, dispatches[0]?.options.executionId);
    }
  };

  const record: AuditTrail['record'] = async (...dispatched) => {
    const lost = await append(dispatched);
    if (lost !== null) unreported.add(lost);
  };

  return {
    async recorded(dispatched) {
      if (dispatched.options.executionId !== undefined) {
        await record(dispatched);
        return dispatched.result;
      }
      const lost = await append([dispatched]);
      return lost === null ? dispatched.result : withNotices(dispatched.result, [lost]);
    },
    record,
    takeUnreported() {
      const lost = [...unreported];
      unreported.clear();
      return lost;
    },
  };
}

function notAudited(reason: unknown, executionId: string | undefined): string {
  const { message } = toWwiseFlowError(reason);
  const what = executionId === undefined ? 'This call is' : `Nodes of the run ${executionId} are`;
  const why = message.replace(/^Unexpected failure: /, '').replace(/\.$/, '');
  return `${what} missing in the audit log, which could not be written: ${why}. Make room or give rights to the state directory.`;
}
