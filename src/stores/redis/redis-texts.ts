import type { HotTexts } from '../../core/stores/hot-texts.ts';
import { loadRedis } from './load-redis.ts';

/** Texts in the Redis of `redis://...`, each for an hour. Nobody waits for a Redis that does not answer at once. */
export async function openRedisTexts(url: string): Promise<HotTexts> {
  const Redis = await loadRedis();
  const client = new Redis(url, {
    keyPrefix: PREFIX,
    // What is asked for while the link is broken is not there: it is in the database.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: PATIENCE_MS,
    retryStrategy: (attempt) => Math.min(1_000, 50 * attempt),
  });
  client.on('error', () => undefined);
  return {
    getMany: async (keys) => {
      if (keys.length === 0) return [];
      const found = await client.mget([...keys]).catch(() => []);
      return keys.map((_, index) => found[index] ?? undefined);
    },
    keep: (key, text) => {
      if (text.length <= MOST_CHARACTERS) client.set(key, text, 'PX', KEPT_MS).catch(() => undefined);
    },
    close: async () => client.disconnect(),
  };
}

/** All keys of this program in a Redis that others may use as well. */
const PREFIX = 'wwiseflow:hot:';
const PATIENCE_MS = 250;
const KEPT_MS = 3_600_000;
/** What is longer would hold up what others ask of the same Redis. */
const MOST_CHARACTERS = 4_000_000;
