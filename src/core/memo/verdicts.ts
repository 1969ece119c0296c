import type { Verdict, VerifyClaims } from '../backend/verdict.ts';
import type { JsonObject } from '../json.ts';

/** What the memo holds for one key. */
export interface MemoClaims {
  readonly key: string;
  readonly claims: readonly JsonObject[];
}

/** Verdicts on what the memo holds, given ahead for the calls that are to come. */
export interface Verdicts {
  /** Checks these, in the order in which their calls come, with one query. */
  ahead(entries: readonly MemoClaims[], check: VerifyClaims): Promise<void>;
  /** Whether this was to be checked with others. */
  has(key: string): boolean;
  /** Whether this still holds; together with those that were to be checked with it, `most` at a time, when their verdicts are too old. */
  of(entry: MemoClaims, check: VerifyClaims, most?: number): Promise<Verdict>;
  /** These were asked for in vain and will be again, in the order they were to be checked in. */
  again(keys: Iterable<string>): void;
  /** The project was changed: what was verified ahead may no longer hold. */
  changed(): void;
}

/** How long a verdict given ahead is trusted: somebody may edit the project by hand meanwhile. In milliseconds. */
const VERDICT_LIFE_MS = 1_000;

/** How many are checked again with one that is too old. */
const MOST_AGAIN = 200;

/** How many keys of workflows are kept in their order, of several runs side by side. */
const MOST_KEPT = 100_000;

export function createVerdicts(now: () => number): Verdicts {
  const given = new Map<string, { readonly verdict: Verdict; readonly atMs: number }>();
  /** The entries that follow a key in the order of its workflow, itself included. */
  const following = new Map<string, { readonly entries: readonly MemoClaims[]; readonly from: number }>();
  /** The same of those that were asked for. */
  const asked: typeof following = new Map();

  const verify = async (entries: readonly MemoClaims[], check: VerifyClaims): Promise<void> => {
    const verdicts = await check(entries.map(({ claims }) => claims));
    const atMs = now();
    for (const [index, { key }] of entries.entries()) {
      const verdict = verdicts[index];
      if (verdict !== undefined) given.set(key, { verdict, atMs });
    }
  };

  const fresh = (key: string): Verdict | undefined => {
    const known = given.get(key);
    return known !== undefined && now() - known.atMs <= VERDICT_LIFE_MS ? known.verdict : undefined;
  };

  return {
    ahead: async (entries, check) => {
      if (entries.length === 0) return;
      // Of runs that ended early something is left.
      if (following.size > MOST_KEPT) following.clear();
      if (asked.size > MOST_KEPT) asked.clear();
      for (const [from, { key }] of entries.entries()) following.set(key, { entries, from });
      await verify(entries, check);
    },
    has: (key) => following.has(key),
    of: async (entry, check, most = MOST_AGAIN) => {
      const order = following.get(entry.key);
      if (order === undefined) asked.delete(entry.key);
      else asked.set(entry.key, order);
      const { entries, from } = order ?? { entries: [entry], from: 0 };
      if (fresh(entry.key) === undefined) await verify(entries.slice(from, from + most), check);
      const verdict = given.get(entry.key)?.verdict;
      given.delete(entry.key);
      following.delete(entry.key);
      return verdict ?? unknown;
    },
    again: (keys) => {
      for (const key of keys) {
        const order = asked.get(key);
        if (order !== undefined) following.set(key, order);
      }
    },
    changed: () => given.clear(),
  };
}

/** Nothing was found out: it is done again. */
const unknown: Verdict = { holds: false, refreshed: (output) => output, mending: () => ({ kind: 'anew' }) };
