import type { Redis } from 'ioredis';
import { WwiseFlowError } from '../../core/errors.ts';
import type { LaneRow, LaneStore } from '../../core/stores/lane-store.ts';

/**
 * The lanes in Redis, where there is no PostgreSQL: each one script, by the clock of Redis. What Redis forgets is nobody's: its
 * holder hears of that with the next extension. Epochs begin at the time in milliseconds, so that they grow even then, as long as
 * clocks do: a hint, as nothing that is written elsewhere is checked against them in one transaction.
 */
export function redisLanes(client: Redis): LaneStore {
  const run = async (script: string, lane: string, ...args: readonly (string | number)[]): Promise<unknown> =>
    patiently(() => client.eval(`${NOW}${script}`, 2, keyOf(lane), ALL, lane, ...args));
  return {
    take: async (lane, { owner, host }, forMs) => {
      const epoch = await run(TAKE, lane, owner, host ?? '', forMs);
      return typeof epoch === 'string' ? { lane, epoch: Number(epoch) } : undefined;
    },
    extend: async ({ lane, epoch }, forMs) => (await run(EXTEND, lane, epoch, forMs)) === 1,
    isHeld: async ({ lane, epoch }) => (await run(IS_HELD, lane, epoch)) === 1,
    release: async ({ lane, epoch }) => {
      await run(RELEASE, lane, epoch);
    },
    list: async () => {
      const lanes = await patiently(() => client.smembers(ALL));
      const rows = await Promise.all(lanes.map((lane) => patiently(() => client.hgetall(keyOf(lane)))));
      return lanes.sort().flatMap((lane, at): LaneRow[] => laneOf(lane, rows[at]));
    },
  };
}

const ALL = 'lanes';
const keyOf = (lane: string): string => `lane:${lane}`;

const NOW = `local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local function held(epoch) return redis.call('HGET', KEYS[1], 'epoch') == epoch end
local function untilAt(at) redis.call('HSET', KEYS[1], 'until', string.format('%.0f', at)) end
`;
const TAKE = `local known = redis.call('HMGET', KEYS[1], 'epoch', 'owner', 'host', 'until')
if known[1] then
  if tonumber(known[4]) >= now and known[2] ~= ARGV[2] then return false end
  if known[3] ~= '' and known[3] ~= ARGV[3] then return false end
end
local epoch = string.format('%.0f', math.max((tonumber(known[1] or '0')) + 1, now))
redis.call('HSET', KEYS[1], 'epoch', epoch, 'owner', ARGV[2], 'host', ARGV[3])
untilAt(now + ARGV[4])
redis.call('SADD', KEYS[2], ARGV[1])
return epoch`;
const EXTEND = `if not held(ARGV[2]) then return 0 end
untilAt(now + ARGV[3])
return 1`;
const IS_HELD = `if held(ARGV[2]) and tonumber(redis.call('HGET', KEYS[1], 'until')) > now then return 1 end
return 0`;
const RELEASE = `if held(ARGV[2]) then untilAt(now - 1) end
return 1`;

/** Redis may be starting, or failing over. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAtMs = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (cause) {
      if (performance.now() > giveUpAtMs)
        throw new WwiseFlowError('STATE_UNAVAILABLE', 'The Redis that holds the lanes does not answer.', {
          hint: 'See that Redis runs at the address of --redis.',
          cause,
        });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function laneOf(lane: string, row: Readonly<Record<string, string>> | undefined): LaneRow[] {
  if (row?.epoch === undefined) return [];
  const { epoch, owner = '', host = '', until } = row;
  return [{ lane, owner, host: host === '' ? null : host, epoch: Number(epoch), untilMs: Number(until) }];
}

/** Shorter than a lane is held for, so that who cannot hold it longer learns of it in time. */
const PATIENCE_MS = 5_000;
