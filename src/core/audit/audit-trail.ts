import type { AnyCommand } from '../command.ts';
import { toWwiseFlowError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { AuditStore } from '../stores/audit-store.ts';
import { auditRecord, type Dispatched, type ObjectsIn } from './audit-record.ts';

/** Records what was dispatched, and says so where that failed. */
export interface AuditTrail {
  /** Records calls that were executed together; gives what their answers are to say when the audit did not take them. */
  record(...dispatched: readonly Dispatched[]): Promise<readonly string[]>;
  /** What of runs could not be recorded, in words; each once. Rows of a run have no notices of their own. */
  takeUnreported(): readonly string[];
}

export function createAuditTrail(
  audit: AuditStore,
  find: (name: string) => AnyCommand | undefined,
  objectsIn: ObjectsIn,
  log: Log,
): AuditTrail {
  const unreported = new Set<string>();

  /** Gives what is to be reported when the audit does not take it. */
  const append = async (dispatches: readonly Dispatched[]): Promise<string | null> => {
    try {
      await audit.append(...dispatches.map((one) => auditRecord(one, find(one.name), objectsIn)));
      return null;
    } catch (err) {
      log.warn({ command: dispatches[0]?.name, err }, 'The audit could not be written');
      return notAudited(err, dispatches[0]?.options.executionId);
    }
  };

  return {
    async record(...dispatched) {
      const lost = await append(dispatched);
      if (lost === null) return [];
      if (dispatched[0]?.options.executionId === undefined) return [lost];
      unreported.add(lost);
      return [];
    },
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
