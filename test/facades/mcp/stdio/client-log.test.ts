import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type EraClient, startEraClient } from './era-client.ts';
import type { Era } from './stdio-client.ts';

const workflow = {
  workflowId: 'says',
  nodes: [{ id: 'said', type: 'say', data: { text: 'Three takes are left out.' } }],
  edges: [],
};
const patient = { timeout: 60_000, interval: 50 };

async function withClient(era: Era, work: (client: EraClient) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-log-'));
  const projectPath = join(dir, 'Game', 'Game.wproj');
  freshProject(projectPath);
  const client = await startEraClient(era, ['--project', projectPath, '--state', join(dir, 'state')], dir);
  try {
    await work(client);
  } finally {
    await client.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

const logged = (client: EraClient): string =>
  JSON.stringify(client.heard.filter(({ method }) => method === 'notifications/message'));

describe.each<Era>(['2025 (client 2.x)', '2025 (sdk 1.x)'])(
  'the log over stdio, to a client of %s',
  (era) => {
    it('has failures and what runs say from the level that was set, and nothing before', () =>
      withClient(era, async (client) => {
        await client.call('workflow_run', { workflow });
        await client.call('get_object', { objectId: 'Sound:Nothing' });
        expect(logged(client)).toBe('[]');
        await client.request('logging/setLevel', { level: 'warning' });
        await client.call('get_object', { objectId: 'Sound:Nothing' });
        await vi.waitFor(() => expect(logged(client)).toContain('OBJECT_NOT_FOUND'), patient);
        await client.call('workflow_run', { workflow, forceRerun: true });
        expect(logged(client)).not.toContain('Three takes');
        await client.request('logging/setLevel', { level: 'info' });
        await client.call('workflow_run', { workflow, forceRerun: true });
        await vi.waitFor(() => expect(logged(client)).toContain('Three takes are left out.'), patient);
        await expect(client.request('logging/setLevel', { level: 'loud' })).rejects.toMatchObject({
          code: -32_602,
        });
      }));
  },
);

describe('the log over stdio, to a client of 2026-07-28', () => {
  it('has what a request asks for, and nothing for others', () =>
    withClient('2026-07-28', async (client) => {
      await client.call('get_object', { objectId: 'Sound:Nothing' });
      await client.request('tools/call', {
        ...{ name: 'workflow_run', arguments: { workflow } },
        _meta: { 'io.modelcontextprotocol/logLevel': 'info' },
      });
      await vi.waitFor(() => expect(logged(client)).toContain('Three takes are left out.'), patient);
      expect(logged(client)).not.toContain('OBJECT_NOT_FOUND');
      await expect(client.request('logging/setLevel', { level: 'info' })).rejects.toThrow();
    }));
});

describe('what a server says of tools', () => {
  it('names those that it lists, in errors too', () =>
    withClient('2025 (sdk 1.x)', async (client) => {
      const bus = {
        objectId: '\\Containers\\Default Work Unit',
        property: 'OutputBus',
        targetPath: 'Sound:None',
      };
      const wrong = [
        await client.call('set_value', bus),
        await client.call('find_things', { query: 'from type Sound', limt: 5 }),
        await client.call('references_to', { objectId: 'Bus:None' }),
      ];
      for (const result of wrong) expect(JSON.stringify(result)).toMatch(/"ok":false/);
      expect(wrong.map(({ error, hint }) => `${error} ${hint}`).join('\n')).not.toMatch(
        /query_waql|set_output_bus/,
      );
    }));
});
