import { once } from 'node:events';
import { type Agent, request } from 'node:http';

/** Sends one request and reads its answer; gives the milliseconds. Throws for a status that is no success. */
export async function asked(
  url: string,
  method: string,
  path: string,
  agent: Agent,
  body?: string,
): Promise<number> {
  const began = performance.now();
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const sent = request(`${url}${path}`, { method, agent, headers });
  sent.end(body);
  const [response] = await once(sent, 'response');
  response.resume();
  await once(response, 'end');
  if (response.statusCode >= 300) throw new Error(`${method} ${path} was answered ${response.statusCode}.`);
  return performance.now() - began;
}

/** The value that so large a part of them is not above. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN;
}

export function spread(timesMs: readonly number[]): string {
  const at = (part: number): string => percentile(timesMs, part).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms`;
}
