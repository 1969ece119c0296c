import { WwiseFlowError } from '../../../core/errors.ts';

/** So many requests a second on average, `burst` of them at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export interface RateLimit {
  /** Counts a request of this client. Throws RATE_LIMITED, with `details.retryAfterMs`, when it is one too many. */
  take(client: string): void;
}

/** A bucket for each client that fills up again with time. Knows at most so many clients as were seen lately. */
export function createRateLimit({ perSecond, burst }: Rate, nowMs: () => number): RateLimit {
  const buckets = new Map<string, { left: number; atMs: number }>();
  return {
    take(client) {
      const atMs = nowMs();
      const known = buckets.get(client) ?? { left: burst, atMs };
      const left = Math.min(burst, known.left + ((atMs - known.atMs) / 1000) * perSecond);
      // Behind all others: the first ones are those that were not seen for longest.
      buckets.delete(client);
      buckets.set(client, { left: Math.max(0, left - 1), atMs });
      const [oldest] = buckets.keys();
      if (buckets.size > mostClients && oldest !== undefined) buckets.delete(oldest);
      if (left >= 1) return;
      const retryAfterMs = Math.ceil(((1 - left) / perSecond) * 1000);
      throw new WwiseFlowError('RATE_LIMITED', `More than ${perSecond} requests a second came.`, {
        hint: `Wait ${retryAfterMs} ms, then send fewer at once.`,
        details: { retryAfterMs },
      });
    },
  };
}

const mostClients = 10_000;
