import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const dir = tempDir('metrics');
let room: HttpRoom;
beforeAll(async () => {
  room = await openHttpRoom(dir);
});
afterAll(() => room.close());

const countOf = (text: string, series: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1),
  );

it('metrics count runs, nodes, calls of the back-end and requests, in the words of Prometheus', async () => {
  const node = (id: string, data: object) => ({ id, type: 'createSound', data });
  const parentPath = '\\Containers\\Default Work Unit';
  await room.ask('POST /workflows/execute', {
    nodes: [node('a', { name: 'Counted', parentPath })],
    edges: [],
  });
  await room.ask('POST /workflows/execute', {
    nodes: [node('a', { name: 'X', parentPath: '\\Containers\\No' })],
    edges: [],
  });
  const { text, headers, status } = await room.ask('GET /metrics');
  expect([status, headers.get('content-type')?.startsWith('text/plain')]).toEqual([200, true]);
  expect(countOf(text, 'workflow_executions_total{status="done"}')).toBe(1);
  expect(countOf(text, 'workflow_executions_total{status="failed"}')).toBe(1);
  expect(countOf(text, 'node_execution_duration_seconds_count{type="createSound"}')).toBe(2);
  expect(text).toMatch(/^waapi_calls_total\{operation="ak\.wwise\.core\.object\.\w+",outcome="ok"\} [1-9]/m);
  expect(countOf(text, 'waapi_links_total')).toBe(1);
  expect(countOf(text, 'http_request_duration_seconds_count{method="POST",status="200"}')).toBe(1);
  expect(countOf(text, 'waapi_queue_length')).toBe(0);
  expect(text).toMatch(/^process_cpu_seconds_total /m);
});
