import type { Dispatched } from '../audit/audit-record.ts';
import type { BackendSession } from '../backend/backend-session.ts';
import { noCallCanBeMade, toWwiseFlowError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { failure, type Result, success, withNotices } from '../result.ts';
import type { BatchItem, DispatchOptions } from './bus.ts';
import type { DispatchParts } from './dispatch-parts.ts';
import { executeAlone } from './execute/execute-alone.ts';
import { type Attempt, executeUnit } from './execute/execute-unit.ts';
import { lostOutcome } from './execute/lost-outcome.ts';
import { openUnit } from './execute/open-unit.ts';
import type { Slot } from './slot.ts';

/** A result for each item that was begun, by node id. Never rejects: whatever goes wrong becomes a Failure. */
export type Dispatch = (
  items: readonly BatchItem[],
  options: DispatchOptions,
) => Promise<ReadonlyMap<string, Result>>;

/**
 * The one dispatch; a single call is a batch of one. Calls that can share what they ask the back-end do; when shared calls fail
 * they are rolled back and the call at fault is looked for: by what the back-end said, else by halving. Everything before it is
 * executed, and it fails for itself. Items without a result were not begun.
 */
export function createDispatch<S extends Slot, X extends BackendSession>(
  parts: DispatchParts<S, X>,
): Dispatch {
  return async (items, options) => {
    const batch = createBatch(options, parts);
    const [only] = items;
    try {
      if (items.length === 1 && only !== undefined) await batch.alone(only);
      else await batch.together(items);
    } catch (thrown) {
      // Whatever a single call meets as well, it reports better.
      parts.log.debug({ reason: toWwiseFlowError(thrown).message }, 'Calls could not be batched');
    }
    return batch.results;
  };
}

function createBatch<S extends Slot, X extends BackendSession>(
  options: DispatchOptions,
  parts: DispatchParts<S, X>,
) {
  const { backend, trail, log } = parts;
  const sessions = backend.sessions(options);
  const results = new Map<string, Result>();
  const outputs = new Map<string, JsonObject>();
  let runGroup = options.group;

  const note = async (
    ended: readonly (readonly [item: BatchItem, result: Result])[],
    began: Began,
  ): Promise<void> => {
    if (ended.length === 0) return;
    const tookMs = performance.now() - began.at;
    const dispatched = ended.map(([item, result]): Dispatched => {
      if (result.ok) outputs.set(item.nodeId, result.data);
      const input = inputFor(item, outputs) ?? item.input;
      const { command: name } = item;
      return { name, input, options, result, atMs: began.atMs, durationMs: tookMs / ended.length };
    });
    const notices = await trail.record(...dispatched);
    for (const [{ nodeId }, result] of ended) results.set(nodeId, withNotices(result, notices));
  };

  const alone = async (item: BatchItem): Promise<Result> => {
    const began = { atMs: Date.now(), at: performance.now() };
    const result = await executeAlone(item, outputs, sessions, parts);
    await note([[item, result]], began);
    // The group of the run may now hold something that must stay.
    if (result.ok && result.memo !== 'hit') runGroup = undefined;
    return result;
  };

  const attempt = async (slots: readonly S[]): Promise<Attempt<S>> => {
    const began = { atMs: Date.now(), at: performance.now() };
    const session = sessions.open(false);
    try {
      // What these give counts only once all of them are done.
      const unit = openUnit(slots, new Map(outputs), session, parts);
      const strategy = sessions.share(unit, runGroup);
      const work = () => executeUnit(unit, strategy);
      const ended = runGroup === undefined ? await backend.oneAtATime(work) : await work();
      if (ended.kind === 'done') {
        const changed = ended.finished.filter(({ memo }) => memo !== 'hit');
        for (const { slot } of changed) slot.item.onChanged?.(strategy.changesOf(slot));
        if (changed.length > 0) runGroup = undefined;
        await note(
          ended.finished.map(({ slot, data, memo, key }) => [slot.item, success(data, memo, key)]),
          began,
        );
      } else if (ended.kind === 'unknown') {
        const lost = failure(
          lostOutcome(ended.error, 'What the shared calls began could not be rolled back'),
        );
        const begun = slots.filter((slot) => ended.begun.has(slot));
        for (const { item } of begun) item.onChanged?.(undefined);
        await note(
          begun.map(({ item }) => [item, lost]),
          began,
        );
      }
      return ended;
    } finally {
      session.close();
    }
  };

  /** True when all of them were executed. */
  const execute = async (slots: readonly S[]): Promise<boolean> => {
    const [first] = slots;
    if (first === undefined) return true;
    if (slots.length === 1) return (await alone(first.item)).ok;
    const ended = await attempt(slots);
    if (ended.kind === 'done') return true;
    // Halving would not help.
    if (ended.kind === 'unknown' || noCallCanBeMade(ended.error.code)) return false;
    const { at } = ended;
    const culprit = at === undefined ? undefined : slots[at];
    log.info(
      { calls: slots.length, culprit: culprit?.item.nodeId ?? null, reason: ended.error.message },
      'Batched calls were rolled back and are executed in parts.',
    );
    if (at === undefined || culprit === undefined) {
      const middle = slots.length >> 1;
      return (await execute(slots.slice(0, middle))) && (await execute(slots.slice(middle)));
    }
    return (
      (await execute(slots.slice(0, at))) &&
      (await alone(culprit.item)).ok &&
      (await execute(slots.slice(at + 1)))
    );
  };

  const together = async (items: readonly BatchItem[]): Promise<void> => {
    const slots = items.map((item) => ({ item, command: parts.find(item.command) }));
    const sharing = await sessions.sharing(slots);
    if (sharing !== undefined) await execute(sharing);
  };

  return { results, alone, together };
}

interface Began {
  /** Milliseconds since 1970, and by the clock that measures. */
  readonly atMs: number;
  readonly at: number;
}

/** Undefined when a reference cannot be resolved: the runner reports which. */
function inputFor(item: BatchItem, outputs: ReadonlyMap<string, JsonObject>): unknown {
  try {
    return item.resolve((node) => outputs.get(node));
  } catch {
    return undefined;
  }
}
