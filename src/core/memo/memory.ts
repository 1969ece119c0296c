import type { Verdict, VerifyClaims } from '../backend/verdict.ts';
import type { AnyCommand } from '../command.ts';
import { endsUndoStep, irreversibleBecause } from '../dispatch/checks/declared.ts';
import { claimsOf } from '../dispatch/untyped-command.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Log } from '../log.ts';
import { valueWithoutSecrets } from '../secrets/known-secrets.ts';
import type { MemoEntry, MemoStore } from '../stores/memo-store.ts';
import { createVerdicts, type Verdicts } from './verdicts.ts';

/** A call as the memo knows it. */
export interface MemoCall {
  readonly command: AnyCommand;
  /** Parsed: defaults filled. */
  readonly input: JsonObject;
  /** Null for a command that is never remembered. */
  readonly key: string | null;
  /** Whatever the memo holds, it is to be done again. */
  readonly forceRerun: boolean;
}

/** What the memo says about a call. */
export type MemoAnswer =
  | { readonly state: 'hit'; readonly data: JsonObject; readonly claims: readonly JsonObject[] }
  | { readonly state: 'miss' | 'off' }
  /** Some of it holds no more. */
  | {
      readonly state: 'stale';
      readonly data: JsonObject;
      readonly claims: readonly JsonObject[];
      readonly verdict: Verdict;
    }
  /** Its effect was cut off once; `before` is what the project looked like then. */
  | { readonly state: 'intent'; readonly before: Json };

/**
 * The idempotency memo: reuses a result only while what it achieved still holds in the project, journals the intent before
 * the effect, and lets an intent without an outcome be settled. For one call or many, with one query for all of them.
 */
export interface Memory {
  /** The memo as one attempt at some calls sees it: what the store held before is read once. */
  attempt(check: VerifyClaims): MemoryAttempt;
  /** The output that is stored, not verified; undefined when there is none. */
  stored(key: string): Promise<JsonObject | undefined>;
  /** Checks the entries of these keys with one batched query and keeps each verdict for the next call of its key. */
  prefetch(keys: readonly string[], check: VerifyClaims): Promise<void>;
}

export interface MemoryAttempt {
  /** What the memo has, verified. Rejects when the back-end cannot be asked. */
  recall(calls: readonly MemoCall[]): Promise<readonly MemoAnswer[]>;
  /** The stored output, not verified; undefined when there is none. */
  stored(call: MemoCall): Promise<JsonObject | undefined>;
  /** Journals that these effects are about to happen. */
  intend(calls: readonly { readonly call: MemoCall; readonly before: Json }[]): Promise<void>;
  /** Records results. One that cannot be recorded is still a result: its intent stays, and the next call settles it. */
  complete(calls: readonly { readonly call: MemoCall; readonly data: JsonObject }[]): Promise<void>;
  /** What was intended did not happen: the memo says again what it said before. */
  withdraw(calls: readonly MemoCall[]): Promise<void>;
  /** The project was changed: what was verified before may no longer hold. */
  changed(): void;
}

/** `asStored`: claims as they are remembered, with what labels in them were taken for. */
export function createMemory(
  store: MemoStore,
  log: Log,
  asStored: AsStored,
  now: () => number = Date.now,
): Memory {
  const verdicts = createVerdicts(now);
  return {
    attempt: (check) => createAttempt(store, verdicts, check, asStored, log),
    stored: async (key) => {
      const entry = await store.get(key);
      return entry?.state === 'done' ? entry.data : undefined;
    },
    prefetch: async (keys, check) => {
      const held = await store.getMany(keys);
      const entryOf = new Map(held.map((entry) => [entry.key, entry]));
      const entries = keys.flatMap((key) => entryOf.get(key) ?? []);
      await verdicts.ahead(
        entries.filter((entry) => entry.state === 'done'),
        check,
      );
    },
  };
}

type AsStored = (claims: readonly JsonObject[]) => readonly JsonObject[];

function createAttempt(
  store: MemoStore,
  ahead: Verdicts,
  check: VerifyClaims,
  asStored: AsStored,
  log: Log,
): MemoryAttempt {
  /** What the store held before this attempt. */
  const entries = new Map<string, MemoEntry | undefined>();
  const verdicts = new Map<string, Verdict>();
  /** What was checked in the order of its workflow. */
  const inOrder = new Set<string>();

  /** Reads what many keys hold at once, those of them that were not read yet. */
  const readAhead = async (calls: readonly MemoCall[]): Promise<void> => {
    const unread = keysOf(calls).filter((key) => !entries.has(key));
    if (unread.length === 0) return;
    const held = await store.getMany(unread);
    for (const key of unread) entries.set(key, undefined);
    for (const entry of held) entries.set(entry.key, entry);
  };

  /** What claims nothing was remembered for nothing: a preview of a change, for instance. */
  const entryOf = ({ key, forceRerun }: MemoCall): MemoEntry | undefined => {
    const entry = key === null || forceRerun ? undefined : entries.get(key);
    return entry?.state === 'done' && entry.claims.length === 0 ? undefined : entry;
  };

  /** What belongs to a workflow is checked with what was to be checked with it; others together, in their order. */
  const verify = async (some: readonly DoneEntry[]): Promise<void> => {
    const isMany = some.length > 1;
    const own = isMany ? some.filter(({ key }) => !ahead.has(key)) : [];
    const others = isMany ? some.filter(({ key }) => ahead.has(key)) : some;
    for (const { key } of others) if (ahead.has(key)) inOrder.add(key);
    for (const entry of others)
      verdicts.set(entry.key, await ahead.of(entry, check, isMany ? Number.POSITIVE_INFINITY : undefined));
    if (own.length === 0) return;
    const found = await check(own.map(({ claims }) => claims));
    for (const [index, { key }] of own.entries()) {
      const verdict = found[index];
      if (verdict !== undefined) verdicts.set(key, verdict);
    }
  };

  const answer = (call: MemoCall, entry: MemoEntry | undefined): MemoAnswer => {
    if (entry === undefined) return { state: call.key === null ? 'off' : 'miss' };
    if (entry.state === 'intent') return { state: 'intent', before: entry.before };
    const { data, claims, key } = entry;
    const verdict = verdicts.get(key);
    if (verdict === undefined) return { state: 'miss' };
    if (!verdict.holds) return { state: 'stale', data, claims, verdict };
    return { state: 'hit', data: verdict.refreshed(data), claims };
  };

  return {
    recall: async (calls) => {
      if (calls.every(({ key }) => key === null)) return calls.map(() => ({ state: 'off' }));
      await readAhead(calls.filter(({ forceRerun }) => !forceRerun));
      const found = calls.map(entryOf);
      await verify(
        found.flatMap((entry) => (entry?.state === 'done' && !verdicts.has(entry.key) ? [entry] : [])),
      );
      return calls.map((call, index) => answer(call, found[index]));
    },
    stored: async (call) => {
      await readAhead([call]);
      const entry = entryOf(call);
      return entry?.state === 'done' ? entry.data : undefined;
    },
    intend: async (calls) => {
      // Read before they are overwritten, also where it is forced: `withdraw` puts them back.
      await readAhead(calls.map(({ call }) => call));
      const intents = calls.flatMap(({ call: { key, command }, before }) =>
        key === null ? [] : [{ key, command: command.name, before: valueWithoutSecrets(before) }],
      );
      if (intents.length > 0) await store.intend(...intents);
    },
    complete: async (calls) => {
      try {
        const results = calls.flatMap(({ call: { key, command, input }, data }) => {
          if (key === null) return [];
          const claims = asStored(claimsOf(command, input, data));
          return [
            {
              ...{ key, command: command.name, data: valueWithoutSecrets(data) },
              claims: claims.map((claim) => valueWithoutSecrets(claim)),
              durability: reachesDisk(command, input) ? ('powerSafe' as const) : ('killSafe' as const),
            },
          ];
        });
        if (results.length > 0) await store.complete(...results);
      } catch (err) {
        log.warn({ command: calls[0]?.call.command.name, err }, 'The memo could not record a result');
      }
    },
    withdraw: async (calls) => {
      ahead.again(inOrder);
      for (const key of keysOf(calls)) {
        const entry = entries.get(key);
        if (entry?.state === 'done') {
          const { command, data, claims } = entry;
          await store.complete({ key, command, data, claims });
        } else await store.forget(key);
      }
    },
    changed: () => {
      verdicts.clear();
      ahead.changed();
    },
  };
}

/** Whether its effect is on disk before the project is saved, so that a power cut leaves it there. */
function reachesDisk(command: AnyCommand, input: JsonObject): boolean {
  return (
    command.savesProject === true ||
    command.writtenFiles !== undefined ||
    endsUndoStep(command, input) ||
    irreversibleBecause(command, input) !== undefined
  );
}

type DoneEntry = MemoEntry & { readonly state: 'done' };

function keysOf(calls: readonly MemoCall[]): readonly string[] {
  return calls.flatMap(({ key }) => key ?? []);
}
