import type { BackendSession } from '../../backend/backend-session.ts';
import type { Effect } from '../../effect.ts';
import { toWwiseFlowError } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import { failure, type Result, success, withNotices } from '../../result.ts';
import type { BatchItem } from '../bus.ts';
import { orTwice } from '../checks/or-twice.ts';
import { namingUnreadable, needsWholeProject, orUnread, refuseUnreadable } from '../checks/rely-on-all.ts';
import type { Sessions } from '../dispatch-backend.ts';
import type { DispatchParts } from '../dispatch-parts.ts';
import type { Slot } from '../slot.ts';
import type { Unit } from '../unit.ts';
import { alone } from './alone.ts';
import { executeUnit } from './execute-unit.ts';
import { afterChange } from './lost-outcome.ts';
import { openUnit } from './open-unit.ts';

/** Executes a call whose command asks the back-end by itself. `outputs`: of calls before it; its own is added. Never rejects. */
export async function executeAlone<S extends Slot, X extends BackendSession>(
  item: BatchItem,
  outputs: Map<string, JsonObject>,
  sessions: Sessions<S, X>,
  parts: DispatchParts<S, X>,
): Promise<Result> {
  const { projectFiles } = parts.backend;
  try {
    const slot = { item, command: parts.find(item.command) };
    const { command } = slot;
    let input: JsonObject = {};
    // A file may have stopped being readable since the call was admitted.
    const guard = async (): Promise<void> => {
      if (needsWholeProject(command, input)) await refuseUnreadable(command, projectFiles, false);
    };
    const opened = sessions.open(command.effect === 'read', guard);
    const isRecorded = item.onChanged !== undefined && changing.has(command.effect);
    const recorded = isRecorded ? sessions.recorded(opened, item) : undefined;
    const { session } = recorded ?? { session: opened };
    let isWhole = false;
    try {
      const unit = openUnit([slot], outputs, session, parts);
      const call = await unit.admit(
        slot,
        item.resolve((node) => outputs.get(node)),
      );
      input = call.input;
      const { key: memoKey } = call;
      let attempt: Unit<Slot, X> | undefined = unit;
      const work = () => {
        // Whoever had the key meanwhile may have done it: another attempt asks the memo anew.
        const current = attempt ?? openUnit([slot], outputs, session, parts);
        attempt = undefined;
        return executeUnit(current, alone(current, call));
      };
      const ended = memoKey === null ? await work() : await underKey(memoKey, session, parts.lock, work);
      if (ended.kind === 'unknown') throw afterChange(ended.error);
      if (ended.kind !== 'done') throw ended.error;
      isWhole = true;
      const [{ data, memo, key } = { data: {}, memo: 'off' as const, key: null }] = ended.finished;
      const answer = await namingUnreadable(command, data, projectFiles);
      return withNotices(success(answer, memo, key), await session.notices());
    } finally {
      if (session.changedProject()) item.onChanged?.(await recorded?.finish(isWhole));
      session.close();
    }
  } catch (thrown) {
    const found = await orTwice(toWwiseFlowError(thrown), projectFiles);
    const error = await orUnread(found, projectFiles, () => parts.backend.project());
    if (error.code === 'INTERNAL') parts.log.error({ command: item.command, err: thrown }, error.message);
    return failure(error);
  }
}

const changing: ReadonlySet<Effect> = new Set(['create', 'update', 'destroy']);

/** Work with the key to itself. It is given back while the turn to change the project is waited for: see Turn. */
async function underKey<T>(
  key: string,
  session: BackendSession,
  lock: DispatchParts['lock'],
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    const done = await lock(key, () => session.unlessWaiting(work));
    if (done !== undefined) return done;
    await session.takeTurn();
  }
}
