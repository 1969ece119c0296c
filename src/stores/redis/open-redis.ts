import type { Redis } from 'ioredis';
import { redisConnection } from '../../core/redis-address.ts';
import { loadRedis } from './load-redis.ts';

/** Connects to the Redis of `redis://...`, or to the master that sentinels name. Nobody waits for one that does not answer at once: what is in it is elsewhere too. */
export async function openRedis(url: string): Promise<Redis> {
  const RedisOf = await loadRedis();
  const client = new RedisOf({
    ...(redisConnection(url) ?? { host: '127.0.0.1' }),
    keyPrefix: PREFIX,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: PATIENCE_MS,
    retryStrategy: (attempt) => Math.min(1_000, 50 * attempt),
  });
  client.on('error', () => undefined);
  return client;
}

/** All keys of this program in a Redis that others may use as well. */
const PREFIX = 'wwiseflow:hot:';
const PATIENCE_MS = 250;
