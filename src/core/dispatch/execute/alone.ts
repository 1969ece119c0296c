import type { Json, JsonObject } from '../../json.ts';
import type { MemoAnswer } from '../../memo/memory.ts';
import type { KeyedSlot } from '../slot.ts';
import type { Unit } from '../unit.ts';
import { lookBefore, runCommand } from '../untyped-command.ts';
import type { Strategy } from './strategy.ts';

/** A unit of one: the command makes its calls itself. `call`: the slot of the unit, admitted. */
export function alone(unit: Unit, call: KeyedSlot): Strategy {
  const { session } = unit;
  const { context } = session;
  const { command } = call;
  let { input } = call;
  const before = async (): Promise<Json> =>
    command.effect === 'read' ? null : lookBefore(command, input, context);

  return {
    ready: async () => [call],
    prepare: async (_pending, _ready, [answer = { state: 'off' }]) => {
      if (answer.state === 'hit') unit.finish(call, answer.data, 'hit');
      else if (answer.state === 'intent' && (await unit.settle(call, answer.before))) return nothingElse;
      else {
        const mended = answer.state === 'stale' ? await mend(unit, call, answer, before) : { input };
        if ('data' in mended) unit.finish(call, mended.data, 'stale');
        else {
          input = mended.input;
          const memo = answer.state === 'intent' ? 'miss' : answer.state;
          return { prepared: [{ call, before: await before(), memo }], waiting: [] };
        }
      }
      return nothingElse;
    },
    execute: async () => {
      const data = await runCommand(command, input, context);
      session.checkTurn();
      return [data];
    },
    group: {
      begin: async () => {},
      keep: async () => {},
      // Where nothing of it stayed in the project there is nothing to settle later.
      rollBack: async () => !session.changedProject(),
    },
  };
}

const nothingElse = { prepared: [], waiting: [] };

/**
 * Sets again what holds no more of a result, where that is all it takes; else gives the input to execute. Setting values is
 * done as often as it takes, so the memo keeps what it has until all holds.
 */
async function mend(
  { session, memory }: Unit,
  { command, input, slot }: KeyedSlot,
  { claims, data, verdict }: MemoAnswer & { readonly state: 'stale' },
  before: () => Promise<Json>,
): Promise<{ readonly data: JsonObject } | { readonly input: JsonObject }> {
  const mending = verdict.mending(command.effect, input);
  if (mending.kind === 'anew') return { input };
  slot.item.onIntent?.(await before());
  const isSet = await session.setAgain(mending.calls).finally(() => {
    if (session.changedSomething()) memory.changed();
  });
  if (!isSet) return { input };
  if (mending.kind === 'rest') return { input: mending.input };
  const [now] = await session.verify([claims]);
  return now?.holds === true ? { data: now.refreshed(data) } : { input };
}
