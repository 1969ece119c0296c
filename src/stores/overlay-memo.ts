import type { MemoEntry, MemoFilter, MemoStore } from '../core/stores/memo-store.ts';

/** A memo that knows what another one knows and keeps to itself what it learns and forgets. */
export function overlayMemo(
  known: Pick<MemoStore, 'getMany' | 'find'>,
  now: () => number = Date.now,
): MemoStore {
  const own = new Map<string, MemoEntry | undefined>();
  const getMany = async (keys: readonly string[]): Promise<readonly MemoEntry[]> => {
    const others = keys.filter((key) => !own.has(key));
    const learnt = keys.flatMap((key) => own.get(key) ?? []);
    return others.length === 0 ? learnt : [...learnt, ...(await known.getMany(others))];
  };
  return {
    get: async (key) => (await getMany([key]))[0],
    getMany,
    intend: async (...intents) => {
      for (const intent of intents) own.set(intent.key, { state: 'intent', ...intent, atMs: now() });
    },
    complete: async (...results) => {
      for (const { key, command, data, claims } of results)
        own.set(key, { state: 'done', key, command, data, claims, atMs: now() });
    },
    makePowerSafe: async () => {},
    forget: async (key) => {
      own.set(key, undefined);
    },
    forgetBefore: async (atMs) => {
      const old = [...own].filter(([, entry]) => entry !== undefined && entry.atMs < atMs);
      for (const [key] of old) own.set(key, undefined);
      return old.length;
    },
    find: async ({ limit, offset, ...filter }) => {
      const beneath = await known.find({ ...filter, limit: own.size + offset + limit, offset: 0 });
      const below = beneath.entries.filter(({ key }) => !own.has(key));
      const learnt = [...own.values()].filter((entry) => entry !== undefined && fits(entry, filter));
      const entries = [...learnt, ...below].flatMap((entry) => entry ?? []);
      entries.sort((one, other) => other.atMs - one.atMs || (one.key < other.key ? -1 : 1));
      const total = beneath.total - (beneath.entries.length - below.length) + learnt.length;
      return { entries: entries.slice(offset, offset + limit), total };
    },
  };
}

function fits(
  entry: MemoEntry,
  { key, command, state, text }: Pick<MemoFilter, 'key' | 'command' | 'state' | 'text'>,
): boolean {
  if (key !== undefined && !entry.key.startsWith(key)) return false;
  if (command !== undefined && entry.command !== command) return false;
  if (state !== undefined && entry.state !== state) return false;
  if (text === undefined) return true;
  if (entry.state !== 'done') return false;
  return `${JSON.stringify(entry.data)}\n${JSON.stringify(entry.claims)}`
    .toLowerCase()
    .includes(text.toLowerCase());
}
