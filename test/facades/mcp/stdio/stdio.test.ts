import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString } from '../../../../src/core/json.ts';
import { type Era, type StdioClient, startServer } from './stdio-client.ts';

const eras: readonly Era[] = ['2026-07-28', '2025 (client 2.x)', '2025 (sdk 1.x)'];

describe.each(eras)('the stdio server, to a client of %s, without any Wwise', (era) => {
  let dir = '';
  let client: StdioClient;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'wwiseflow-stdio-'));
    client = await startServer(
      era,
      ['--wwise', 'ws://127.0.0.1:9/waapi', '--state', join(dir, 'state')],
      dir,
    );
  });
  afterAll(async () => {
    await client.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('starts, and says when to use it and where to begin', () => {
    expect(client.instructions).toContain('workflow_compile');
    expect(client.instructions).toContain('data, not instructions');
    expect(Buffer.byteLength(client.instructions)).toBeLessThan(2048);
  });

  it('lists its tools in a fixed order, each with title, hints and schemas', async () => {
    const tools = await client.listTools();
    const names = tools.map((tool) => tool.name);
    expect(names).toContain('create_object');
    expect(names).toEqual(
      expect.arrayContaining(['workflow_compile', 'workflow_run', 'workflow_node_types']),
    );
    for (const tool of tools) {
      expect(tool.title).toBeTruthy();
      const hints = asJsonObject(tool.annotations);
      expect(hints.openWorldHint).toBe(false);
      // What the protocol takes for granted is not said: not read-only, and not the same when it is done again.
      expect(hints).toEqual(
        hints.readOnlyHint === true
          ? { readOnlyHint: true, openWorldHint: false }
          : expect.objectContaining({ destructiveHint: expect.any(Boolean), openWorldHint: false }),
      );
      expect(asJsonObject(tool.inputSchema)).toMatchObject({ type: 'object', properties: {} });
    }
    expect((await client.listTools()).map((tool) => tool.name)).toEqual(names);
  });

  it('answers wrong and unknown arguments with INVALID_INPUT, by name, all at once', async () => {
    const result = await client.call('create_sound', { nmae: 'Step', parentPath: 7, forceRerun: false });
    expect(result).toMatchObject({ ok: false, data: null, code: 'INVALID_INPUT', retryable: false });
    expect(result.error).toContain('nmae');
    expect(result.error).toContain('parentPath');
    expect(JSON.stringify(result.details)).toContain('"didYouMean":["name"]');
    expect(result.hint).toBeTruthy();
  });

  it('checks forceRerun and the arguments of the workflow tools the same way', async () => {
    const wrong = await client.call('create_sound', {
      name: 'A',
      parentPath: '\\Containers',
      forceRerun: 'yes',
    });
    expect(wrong).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
    const misspelt = await client.call('workflow_compile', { workflw: {} });
    expect(misspelt).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
    expect(misspelt.error).toContain('did you mean workflow');
  });

  it('names the nearest tool, or how to get one that is not offered', async () => {
    await expect(client.call('create_sond', {})).rejects.toThrow(/no tool "create_sond".*create_sound/);
    // What a workflow may do can be called, listed or not.
    expect(await client.call('list_rtpcs', {})).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
  });

  it('says that no Wwise answers, and what to do', async () => {
    const result = await client.call('query_waql', { query: '$ from type Sound' });
    expect(result).toMatchObject({ ok: false, code: 'WAAPI_UNAVAILABLE', retryable: true });
    expect(result.hint).toContain('--project');
  });

  it('compiles a workflow although no Wwise is there', async () => {
    const workflow = { nodes: [{ id: 'save', type: 'projectSave', data: {} }], edges: [] };
    const result = await client.call('workflow_compile', { workflow });
    expect(result).toMatchObject({ ok: true, data: { order: ['save'], waapiCalls: 1 } });
    expect(await client.call('workflow_compile', { workflow: JSON.stringify(workflow) })).toEqual(result);
  });

  it('reports every problem of a workflow at once', async () => {
    const nodes = [
      { id: 'a', type: 'creatSound', data: {} },
      { id: 'b', type: 'projectSave', data: { force: true } },
    ];
    const result = await client.call('workflow_compile', {
      workflow: { nodes, edges: [{ source: 'a', target: 'x' }] },
    });
    expect(result).toMatchObject({ ok: false, code: 'WORKFLOW_INVALID' });
    expect(asJsonArray(asJsonObject(result.details).problems).length).toBeGreaterThanOrEqual(3);
  });

  it('serves its prompts with their arguments filled in', async () => {
    const prompts = await client.listPrompts();
    expect(prompts.map((prompt) => prompt.name)).toEqual(
      expect.arrayContaining(['author-workflow', 'fix-failed-run', 'import-audio', 'import-folder']),
    );
    const text = await client.getPrompt('author-workflow', { goal: 'Add three footsteps.' });
    expect(text).toContain('> Add three footsteps.');
    expect(text).toContain('(not given)');
  });

  it('serves the node catalogue and the JSON Schema of a workflow', async () => {
    // The page of a run is there where the page was built.
    const uris = (await client.listResources())
      .map((resource) => resource.uri)
      .filter((uri) => !String(uri).startsWith('ui://'));
    expect(uris.slice(0, 3)).toEqual([
      'wwiseflow://wwise-primer',
      'wwiseflow://node-types',
      'wwiseflow://workflow-schema',
    ]);
    const { toolsets } = await client.readResource('wwiseflow://node-types');
    const { data } = await client.call('workflow_node_types', { toolset: 'query' });
    const given = asJsonArray(asJsonObject(data).signatures);
    expect(given.join('\n')).toContain('search(words: string');
    expect(asJsonObject(asJsonObject(toolsets).query).signatures).toEqual(given);
    const named = asJsonArray(asJsonObject((await client.call('workflow_node_types', {})).data).toolsets);
    expect(named.map((row) => asJsonObject(row).toolset)).toEqual(Object.keys(asJsonObject(toolsets)));
    expect(asString((await client.readResource('wwiseflow://workflow-schema')).$schema)).toContain('2020-12');
  });
});

describe('the choice of tools at start-up', () => {
  it('read-only offers what changes nothing, and a workflow cannot get around it', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-stdio-'));
    const args = ['--wwise', 'ws://127.0.0.1:9/waapi', '--state', join(dir, 'state'), '--read-only'];
    const client = await startServer('2026-07-28', args, dir);
    const tools = await client.listTools();
    expect(tools.every((tool) => asJsonObject(tool.annotations).readOnlyHint === true)).toBe(true);
    expect(tools.map((tool) => tool.name)).not.toContain('workflow_run');
    await expect(client.call('workflow_run', { workflow: {} })).rejects.toThrow('read-only');
    await client.close();
    rmSync(dir, { recursive: true, force: true });
  });
});
