import { toWwiseFlowError, type WwiseFlowError } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import type { KeyedSlot, Slot } from '../slot.ts';
import type { FinishedCall, Unit } from '../unit.ts';
import { Culprit } from './culprit.ts';
import type { Strategy } from './strategy.ts';

/** How it went. */
export type Attempt<S extends Slot = Slot> =
  | { readonly kind: 'done'; readonly finished: readonly FinishedCall<S>[] }
  /** Nothing is left of it. `at`: the call whose fault it is, when that is known. */
  | { readonly kind: 'rolled back'; readonly at: number | undefined; readonly error: WwiseFlowError }
  /** What is left of it is not known. */
  | { readonly kind: 'unknown'; readonly error: WwiseFlowError; readonly begun: ReadonlySet<S> };

/**
 * The one way of every call: admit, ask the memo, finish hits, settle what was cut off, journal the intent, have the effect,
 * read back, remember. In steps, each with the calls whose input is known; a single call is a unit of one. All or nothing as
 * far as the strategy can roll back.
 */
export async function executeUnit<S extends Slot>(unit: Unit<S>, strategy: Strategy<S>): Promise<Attempt<S>> {
  const { slots, memory, session } = unit;
  const begun = new Set<S>();
  const intended: KeyedSlot<S>[] = [];
  const executed: { readonly call: KeyedSlot<S>; readonly data: JsonObject }[] = [];

  const step = async (pending: readonly S[]): Promise<readonly S[]> => {
    const ready = await strategy.ready(pending);
    const { prepared, waiting } = await strategy.prepare(pending, ready, await memory.recall(ready));
    if (prepared.length === 0) return waiting;
    await memory.intend(prepared);
    for (const { call, before } of prepared) {
      intended.push(call);
      if (before !== null || call.key !== null) call.slot.item.onIntent?.(before);
    }
    if (begun.size === 0) await strategy.group.begin();
    for (const { call } of prepared) begun.add(call.slot);
    const datas = await strategy.execute(prepared);
    for (const [index, { call, memo }] of prepared.entries()) {
      const data = datas[index] ?? {};
      unit.finish(call, data, memo);
      executed.push({ call, data });
    }
    if (waiting.length > 0) {
      memory.changed();
      await strategy.reportStep?.(prepared);
    }
    return waiting;
  };

  try {
    for (let pending = slots; pending.length > 0; ) pending = await step(pending);
    if (executed.length > 0) await memory.complete(executed);
    if (begun.size > 0) await strategy.group.keep();
    return { kind: 'done', finished: slots.flatMap((slot) => unit.finished.get(slot) ?? []) };
  } catch (thrown) {
    const culprit = thrown instanceof Culprit ? thrown : undefined;
    const error = toWwiseFlowError(culprit?.cause ?? thrown);
    const isLost = error.code === 'OUTCOME_UNKNOWN';
    if (begun.size > 0 && (isLost || !(await strategy.group.rollBack())))
      return { kind: 'unknown', error, begun };
    await memory.withdraw(intended);
    return { kind: 'rolled back', at: culprit?.at, error };
  } finally {
    if (session.changedSomething()) memory.changed();
  }
}
