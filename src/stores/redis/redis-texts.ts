import type { Redis } from 'ioredis';
import type { HotTexts } from '../../core/stores/hot-texts.ts';

/** Texts in Redis, each for an hour. */
export function redisTexts(client: Redis): HotTexts {
  return {
    getMany: async (keys) => {
      if (keys.length === 0) return [];
      const found = await client.mget([...keys]).catch(() => []);
      return keys.map((_, index) => found[index] ?? undefined);
    },
    keep: (key, text) => {
      if (text.length <= MOST_CHARACTERS) client.set(key, text, 'PX', KEPT_MS).catch(() => undefined);
    },
  };
}

const KEPT_MS = 3_600_000;
/** What is longer would hold up what others ask of the same Redis. */
const MOST_CHARACTERS = 4_000_000;
