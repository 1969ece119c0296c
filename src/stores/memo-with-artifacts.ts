import { asJsonObject, asString, type JsonObject } from '../core/json.ts';
import type { ArtifactStore } from '../core/stores/artifact-store.ts';
import {
  MEMO_ARTIFACTS,
  type MemoEntry,
  type MemoResult,
  type MemoStore,
} from '../core/stores/memo-store.ts';
import { isOverBytes, LARGEST_ROW_BYTES } from '../core/stores/row-size.ts';

/**
 * A memo whose rows stay small: a result over `mostBytes` is an artifact, and goes with its row. An entry whose artifact was
 * lost is none. `find` looks for its text in the claims of such a result, not in the result.
 */
export function memoWithArtifacts(
  rows: MemoStore,
  artifacts: ArtifactStore,
  mostBytes = LARGEST_ROW_BYTES,
): MemoStore {
  /** A read sees every write that was asked for before it. */
  const underWay = new Set<Promise<void>>();
  const settled = async (): Promise<void> => {
    if (underWay.size > 0) await Promise.allSettled(underWay);
  };

  const keepLarge = async (results: readonly MemoResult[]): Promise<void> => {
    const kept: MemoResult[] = [];
    for (const result of results) {
      const text = JSON.stringify(result.data);
      if (!isOverBytes(text, mostBytes)) {
        kept.push(result);
        continue;
      }
      const { id } = await artifacts.put(
        { ...MEMO_ARTIFACTS, name: result.key, contentType: 'application/json', expiresAtMs: null },
        Buffer.from(text),
        'powerSafe',
      );
      kept.push({ ...result, data: { [REFERENCE]: id } });
    }
    await rows.complete(...kept);
  };

  const whole = async (entry: MemoEntry): Promise<readonly MemoEntry[]> => {
    const id = artifactOf(entry);
    if (entry.state !== 'done' || id === undefined) return [entry];
    const content = await artifacts.get(id);
    if (content === undefined) return [];
    const data: unknown = JSON.parse(Buffer.from(content).toString('utf8'));
    return [{ ...entry, data: asJsonObject(data) }];
  };

  const wholeOf = async (entries: readonly MemoEntry[]): Promise<readonly MemoEntry[]> => {
    if (entries.every((entry) => artifactOf(entry) === undefined)) return entries;
    const found: MemoEntry[] = [];
    for (const entry of entries) found.push(...(await whole(entry)));
    return found;
  };

  /** Of these, what no row refers to any more. */
  const removeUnreferenced = async (
    old: readonly { readonly id: string; readonly name: string }[],
  ): Promise<void> => {
    if (old.length === 0) return;
    const named = new Set((await rows.getMany(old.map(({ name }) => name))).map(artifactOf));
    await artifacts.remove(old.map(({ id }) => id).filter((id) => !named.has(id)));
  };

  const ofKey = async (key: string) =>
    (await artifacts.list(MEMO_ARTIFACTS.run)).filter(({ name }) => name === key);

  return {
    get: async (key) => {
      await settled();
      const entry = await rows.get(key);
      return entry && (await whole(entry))[0];
    },
    getMany: async (keys) => {
      await settled();
      return wholeOf(await rows.getMany(keys));
    },
    intend: (...intents) => rows.intend(...intents),
    complete: (...results) => {
      if (!results.some(({ data }) => isLarge(data, mostBytes))) return rows.complete(...results);
      const writing = keepLarge(results).finally(() => underWay.delete(writing));
      underWay.add(writing);
      return writing;
    },
    makePowerSafe: async () => {
      await settled();
      await rows.makePowerSafe();
    },
    forget: async (key) => {
      await settled();
      await rows.forget(key);
      await removeUnreferenced(await ofKey(key));
    },
    forgetBefore: async (atMs) => {
      await settled();
      const forgotten = await rows.forgetBefore(atMs);
      const all = await artifacts.list(MEMO_ARTIFACTS.run);
      await removeUnreferenced(all.filter(({ createdAtMs }) => createdAtMs < atMs));
      return forgotten;
    },
    find: async (filter) => {
      await settled();
      const { entries, total } = await rows.find(filter);
      return { entries: await wholeOf(entries), total };
    },
  };
}

/** What stands in a row for a result that is an artifact: its id. No output of a command has such a member. */
const REFERENCE = '$artifact';

function artifactOf(entry: MemoEntry): string | undefined {
  return entry.state === 'done' ? asString(entry.data[REFERENCE]) : undefined;
}

function isLarge(data: JsonObject, mostBytes: number): boolean {
  return isOverBytes(JSON.stringify(data), mostBytes);
}
