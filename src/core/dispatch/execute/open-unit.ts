import type { BackendSession } from '../../backend/backend-session.ts';
import { createInputFiles } from '../../files/input-files.ts';
import type { JsonObject } from '../../json.ts';
import type { Memory } from '../../memo/memory.ts';
import { admission, type Limits } from '../checks/admit.ts';
import type { Slot } from '../slot.ts';
import { createUnit, type Unit } from '../unit.ts';

/** A unit of these calls for one attempt. `outputs`: of calls that were executed before; those of the unit are added. */
export function openUnit<S extends Slot, X extends BackendSession>(
  slots: readonly S[],
  outputs: Map<string, JsonObject>,
  session: X,
  { limits, memory }: { readonly limits: Limits; readonly memory: Memory },
): Unit<S, X> {
  const files = createInputFiles(session.context);
  const admit = admission(limits, session.context, files);
  return createUnit(slots, { session, memory: memory.attempt(session.verify), files, admit, outputs });
}
