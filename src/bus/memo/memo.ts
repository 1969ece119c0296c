import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import type { MemoStore } from '../../core/stores/memo-store.ts';
import type { ProjectAccess } from '../../wwise/objects/find-object.ts';
import type { ObjectRows } from '../../wwise/objects/look-up-objects.ts';
import type { AnyCommand, CommandContext } from '../command.ts';
import type { MemoState } from '../result.ts';
import { type Verdict, verifyClaims } from './verify-claims.ts';

/** How long a verdict given ahead is trusted: somebody may edit the project by hand meanwhile. In milliseconds. */
const VERDICT_LIFE_MS = 30_000;

/** One mutating dispatch, ready to run. */
export interface MemoisedWork {
  readonly command: AnyCommand;
  readonly key: string;
  readonly forceRerun: boolean;
  readonly context: CommandContext;
  /** What the project looks like before the effect, journalled with the intent. */
  before(): Promise<Json>;
  /** Has the effect and gives the checked output. */
  run(): Promise<JsonObject>;
  /** The output when an effect that was cut off took place after all, null when it did not. */
  settle(before: Json): Promise<JsonObject | null>;
  /** Claims of an output. */
  achieved(output: JsonObject): readonly JsonObject[];
  /** Whether the run may have changed the project so far. */
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
  const verdicts = new Map<string, { readonly verdict: Verdict; readonly atMs: number }>();

  const verdictOf = async (
    key: string,
    claims: readonly JsonObject[],
    access: ProjectAccess,
  ): Promise<Verdict> => {
    const known = verdicts.get(key);
    verdicts.delete(key);
    if (known !== undefined && now() - known.atMs <= VERDICT_LIFE_MS) return known.verdict;
    const [verdict] = await verifyClaims([claims], access);
    return verdict ?? { holds: false, rows: new Map() };
  };

  const perform: Memo['perform'] = async (work) => {
    const entry = work.forceRerun ? undefined : store.get(work.key);
    if (entry?.state === 'done') {
      const verdict = await verdictOf(work.key, entry.claims, work.context);
      if (verdict.holds) return { data: refreshed(entry.data, verdict.rows), memo: 'hit' };
      return { data: await carryOut(work), memo: 'stale' };
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

  const carryOut = async (work: MemoisedWork): Promise<JsonObject> => {
    const before = await work.before();
    store.intend(work.key, work.command.name, before);
    try {
      const data = await work.run();
      record(work, data);
      return data;
    } catch (error) {
      // Nothing was sent that changes the project, so there is nothing to settle later.
      if (!work.changedSomething()) store.forget(work.key);
      throw error;
    } finally {
      // What was checked ahead may no longer be so.
      if (work.changedSomething()) verdicts.clear();
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
    const entries = held.filter((entry) => entry.state === 'done');
    if (entries.length === 0) return;
    const found = await verifyClaims(
      entries.map((entry) => entry.claims),
      access,
    );
    const atMs = now();
    for (const [index, entry] of entries.entries()) {
      const verdict = found[index];
      if (verdict !== undefined) verdicts.set(entry.key, { verdict, atMs });
    }
  };

  return { perform, prefetch, changed: () => verdicts.clear() };
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
