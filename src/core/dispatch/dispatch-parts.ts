import type { AuditTrail } from '../audit/audit-trail.ts';
import type { BackendSession } from '../backend/backend-session.ts';
import type { AnyCommand } from '../command.ts';
import type { Log } from '../log.ts';
import type { Memory } from '../memo/memory.ts';
import type { Limits } from './checks/admit.ts';
import type { DispatchBackend } from './dispatch-backend.ts';
import type { createKeyLock } from './execute/key-lock.ts';
import type { Slot } from './slot.ts';

/** What the dispatcher works with. */
export interface DispatchParts<S extends Slot = Slot, X extends BackendSession = BackendSession> {
  /** Throws UNKNOWN_COMMAND. */
  readonly find: (name: string) => AnyCommand;
  readonly backend: DispatchBackend<S, X>;
  readonly limits: Limits;
  readonly memory: Memory;
  readonly lock: ReturnType<typeof createKeyLock>;
  readonly trail: Pick<AuditTrail, 'record'>;
  readonly log: Log;
}
