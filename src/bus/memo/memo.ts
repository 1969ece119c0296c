import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import type { MemoStore } from '../../core/stores/memo-store.ts';
import type { ProjectAccess } from '../../wwise/objects/find-object.ts';
import type { ObjectRows } from '../../wwise/objects/look-up-objects.ts';
import type { AnyCommand, CommandContext } from '../command.ts';
import type { MemoState } from '../result.ts';
import { mendingOf, setClaimed } from './mend.ts';
import { createVerdicts } from './verdicts.ts';
import { type Verdict, verifyClaims } from './verify-claims.ts';

/** One mutating dispatch, ready to run. */
export interface MemoisedWork {
  readonly command: AnyCommand;
  /** Parsed. */
  readonly input: JsonObject;
  readonly key: string;
  readonly forceRerun: boolean;
  readonly context: CommandContext;
  /** What the project looks like before the effect, journalled with the intent. */
  before(): Promise<Json>;
  /** Has the effect of this input and gives the checked output. */
  run(input: JsonObject): Promise<JsonObject>;
  /** The output when an effect that was cut off took place after all, null when it did not. */
  settle(before: Json): Promise<JsonObject | null>;
  /** Claims of an output. */
  achieved(output: JsonObject): readonly JsonObject[];
  /** Whether the run or a mending may have changed the project so far. */
  changedSomething(): boolean;
}

export interface Memo {
  perform(work: MemoisedWork): Promise<{ readonly data: JsonObject; readonly memo: MemoState }>;
  /** Checks the entries of these keys with one batched query and keeps each verdict for the next dispatch of its key. */
  prefetch(keys: readonly string[], access: ProjectAccess): Promise<void>;
  /** The project was changed by others than `perform`: what was verified ahead may no longer hold. */
  changed(): void;
}

/**
 * The idempotency memo: reuses a result only while what it achieved still holds in the project, journals the intent
 * before the effect, and settles an intent without an outcome by asking the project.
 */
export function createMemo(store: MemoStore, log: Log, now: () => number = Date.now): Memo {
  const verdicts = createVerdicts(now);

  const perform: Memo['perform'] = async (work) => {
    const entry = work.forceRerun ? undefined : store.get(work.key);
    // What claims nothing was remembered for nothing: a preview of a change, for instance.
    if (entry?.state === 'done' && entry.claims.length > 0) {
      const verdict = await verdicts.of(entry, work.context);
      if (verdict.holds) return { data: refreshed(entry.data, verdict.rows), memo: 'hit' };
      return { data: await redo(work, entry, verdict), memo: 'stale' };
    }
    if (entry?.state === 'intent') {
      const settled = await work.settle(entry.before);
      if (settled !== null) {
        store.complete(work.key, work.command.name, settled, work.achieved(settled));
        return { data: settled, memo: 'miss' };
      }
    }
    return { data: await carryOut(work), memo: 'miss' };
  };

  /** Setting values is done as often as it takes, so the entry stays what it is until all holds. */
  const redo = async (
    work: MemoisedWork,
    { claims, data }: { readonly claims: readonly JsonObject[]; readonly data: JsonObject },
    verdict: Verdict,
  ): Promise<JsonObject> => {
    const { command, context, input } = work;
    const mending = mendingOf(command, input, verdict);
    if (mending.kind === 'anew') return carryOut(work);
    await work.before();
    const isSet = await setClaimed(mending.claims, verdict.rows, context).finally(() => {
      if (work.changedSomething()) verdicts.changed();
    });
    if (!isSet) return carryOut(work);
    if (mending.kind === 'merge') return carryOut(work, { ...input, onNameConflict: 'merge' });
    const [now] = await verifyClaims([claims], context);
    return now?.holds === true ? refreshed(data, now.rows) : carryOut(work);
  };

  const carryOut = async (work: MemoisedWork, input = work.input): Promise<JsonObject> => {
    const before = await work.before();
    store.intend(work.key, work.command.name, before);
    try {
      const data = await work.run(input);
      record(work, data);
      return data;
    } catch (error) {
      // Nothing was sent that changes the project, so there is nothing to settle later.
      if (!work.changedSomething()) store.forget(work.key);
      throw error;
    } finally {
      // What was checked ahead may no longer be so.
      if (work.changedSomething()) verdicts.changed();
    }
  };

  /** A result that cannot be recorded is still a result: the intent stays and the next call settles it. */
  const record = (work: MemoisedWork, data: JsonObject): void => {
    try {
      store.complete(work.key, work.command.name, data, work.achieved(data));
    } catch (error) {
      log.warn({ command: work.command.name, key: work.key, error }, 'The memo could not record a result');
    }
  };

  const prefetch: Memo['prefetch'] = async (keys, access) => {
    const held = store.getMany?.(keys) ?? keys.flatMap((key) => store.get(key) ?? []);
    const entryOf = new Map(held.map((entry) => [entry.key, entry]));
    const entries = keys.flatMap((key) => entryOf.get(key) ?? []);
    await verdicts.ahead(
      entries.filter((entry) => entry.state === 'done'),
      access,
    );
  };

  return { perform, prefetch, changed: verdicts.changed };
}

/** Stored data with the names and paths its objects have now: they may have been renamed or moved since. */
export function refreshed(data: JsonObject, rows: ObjectRows): JsonObject {
  const refresh = (value: Json | undefined): Json => {
    if (Array.isArray(value)) return value.map(refresh);
    if (!isJsonObject(value)) return value === undefined || typeof value === 'object' ? null : value;
    const row = typeof value.id === 'string' ? rows.get(value.id) : undefined;
    const members = Object.entries(value).map(([name, member]): [string, Json] => {
      const current = name === 'name' || name === 'path' ? row?.[name] : undefined;
      return [name, typeof current === 'string' ? current : refresh(member)];
    });
    return Object.fromEntries(members);
  };
  const value = refresh(data);
  return isJsonObject(value) ? value : data;
}
