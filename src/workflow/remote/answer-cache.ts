import { hashJson } from '../../core/canonical-json.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { MemoStore } from '../../core/stores/memo-store.ts';

/** What services answered, by what was asked, for as long as that holds. */
export interface AnswerCache {
  /** What was answered within the last `ttlMs`; undefined when nothing was. */
  get(request: Json, ttlMs: number): Promise<JsonObject | undefined>;
  put(request: Json, answer: JsonObject): Promise<void>;
}

/** Kept beside results of commands, so that it is listed, limited and forgotten with them. */
export function cacheOver(memo: MemoStore, now: () => number = Date.now): AnswerCache {
  return {
    get: async (request, ttlMs) => {
      const entry = await memo.get(hashJson({ asked: request }));
      return entry?.state === 'done' && now() - entry.atMs < ttlMs ? entry.data : undefined;
    },
    put: (request, data) =>
      memo.complete({ key: hashJson({ asked: request }), command: 'http', data, claims: [] }),
  };
}

/** For a program without a store: as long as it runs. */
export function cacheInMemory(now: () => number = Date.now): AnswerCache {
  const kept = new Map<string, { readonly data: JsonObject; readonly atMs: number }>();
  return {
    get: async (request, ttlMs) => {
      const entry = kept.get(hashJson(request));
      return entry !== undefined && now() - entry.atMs < ttlMs ? entry.data : undefined;
    },
    put: async (request, data) => {
      for (const key of kept.keys()) if (kept.size >= MOST_KEPT) kept.delete(key);
      kept.set(hashJson(request), { data, atMs: now() });
    },
  };
}

const MOST_KEPT = 1_000;
