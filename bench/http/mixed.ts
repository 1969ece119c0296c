import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { cpuTimeMs } from '../../test/harness/cpu-time.ts';
import type { SpeedRow } from '../speed/row.ts';
import { asked } from './asked.ts';

/** Reads, compiles, commands, runs with their events and MCP over 16 connections; what the process holds at each quarter of the time. */
export async function measureMixed(
  url: string,
  pid: number | undefined,
  seconds: number,
): Promise<readonly SpeedRow[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const parentPath = '\\Containers\\Default Work Unit';
  const node = { id: 'a', type: 'createSound', data: { name: 'Mixed', parentPath } };
  const flow = JSON.stringify({ nodes: [node], edges: [] });
  const run = async (): Promise<void> => {
    const sent = request(`${url}/workflows/execute`, {
      ...{ method: 'POST', agent, headers: { 'content-type': 'application/json' } },
    });
    sent.end(flow);
    const [response] = await once(sent, 'response');
    response.resume();
    await once(response, 'end');
    // A run that has ended has no events for who begins to listen with the last; the first time it has all.
    await asked(url, 'GET', `${response.headers.location}/events`, agent);
  };
  const kinds: readonly (() => Promise<unknown>)[] = [
    () => asked(url, 'GET', '/catalog?toolset=objects', agent),
    () => asked(url, 'GET', '/executions?take=5', agent),
    () => asked(url, 'GET', '/audit?take=5', agent),
    () => asked(url, 'GET', '/health', agent),
    () => asked(url, 'POST', '/workflows/compile', agent, flow),
    () => asked(url, 'POST', '/wwise/query_waql', agent, '{"query":"$ from type Sound"}'),
    () => asked(url, 'GET', '/openapi.json', agent),
    run,
  ];
  const began = performance.now();
  const usedMs = cpuTimeMs(pid);
  let requests = 0;
  let quarter = 1;
  const held: Held[] = [];
  const next = async (first: number): Promise<void> => {
    for (let at = first; performance.now() - began < seconds * 1000; at += 1) {
      await kinds[at % kinds.length]?.();
      requests += 1;
      if (performance.now() - began < (quarter * seconds * 1000) / 4) continue;
      quarter += 1;
      held.push(await heldBy(url));
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, at) => next(at)));
  held.push(await heldBy(url));
  agent.destroy();
  const perSecond = requests / ((performance.now() - began) / 1000);
  const cpuEach = ((cpuTimeMs(pid) - usedMs) / requests).toFixed(2);
  const [first, last] = [held[0]?.heapMb ?? Number.NaN, held.at(-1)?.heapMb ?? Number.NaN];
  const shown = held.map(({ residentMb, heapMb }) => `${residentMb.toFixed(0)} (heap ${heapMb.toFixed(0)})`);
  return [
    {
      what: `${seconds} s of mixed load over 16 connections`,
      goal: `heap at the end <= at a quarter of the time + ${mostGrowthMb} MB`,
      measured: `${perSecond.toFixed(0)}/s, of the processor ${cpuEach} ms each; MB held at each quarter: ${shown.join(', ')}`,
      isMet: last <= first + mostGrowthMb,
    },
  ];
}

/** What the collector of garbage leaves for later differs by so much. */
const mostGrowthMb = 40;

interface Held {
  readonly residentMb: number;
  readonly heapMb: number;
}

/** What the process has, and what of its heap is in use, in MB. */
async function heldBy(url: string): Promise<Held> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const of = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]) / 1e6;
  return { residentMb: of('process_resident_memory_bytes'), heapMb: of('nodejs_heap_size_used_bytes') };
}
