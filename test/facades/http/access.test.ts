import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccessScope, hashToken, newToken } from '../../../src/core/access/token.ts';
import { asJsonArray, asJsonObject, asString } from '../../../src/core/json.ts';
import { createAssetLinks } from '../../../src/facades/http/rest/routes/asset-links.ts';
import { openSqliteHooks } from '../../../src/stores/sqlite/sqlite-hooks.ts';
import { openSqliteTokens } from '../../../src/stores/sqlite/sqlite-tokens.ts';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

interface Route {
  readonly method: string;
  readonly path: string;
  readonly scope: string;
  /** What lets somebody in stands in its address. */
  readonly isOpen: boolean;
}

describe('a server that wants tokens', () => {
  const dir = tempDir('access');
  let room: HttpRoom;
  let routes: readonly Route[];
  const headers: Record<string, Record<string, string>> = {};

  beforeAll(async () => {
    room = await openHttpRoom(dir, ['--auth']);
    const tokens = openSqliteTokens(join(dir, 'state'));
    const add = async (
      name: string,
      workspace: string,
      scope: AccessScope,
      expiresAtMs: number | null = null,
    ) => {
      const token = newToken();
      const record = { id: name, name, workspace, scope, createdAtMs: 1, expiresAtMs };
      await tokens.add({ ...record, hash: hashToken(token) });
      headers[name] = { authorization: `Bearer ${token}` };
    };
    await add('a', 'a', 'run');
    await add('b', 'b', 'admin');
    await add('reader', 'a', 'read');
    await add('expired', 'a', 'admin', 1);
    await tokens.close();
    const { json } = await room.ask('GET /openapi.json', undefined, headers.a);
    routes = Object.entries(asJsonObject(json.paths)).flatMap(([path, methods]) =>
      Object.entries(asJsonObject(methods)).map(([method, operation]) => ({
        ...{ method: method.toUpperCase(), path },
        scope: asString(asJsonObject(operation)['x-scope']) ?? '',
        isOpen: asJsonObject(operation).security !== undefined,
      })),
    );
  });
  afterAll(() => room.close());

  /** A webhook of workspace a. */
  const addHook = async (id: string) => {
    const hooks = openSqliteHooks(join(dir, 'state'));
    const does = { workflowId: 'flow-of-a', executionId: null, node: null, signature: null };
    const record = { id, name: null, workspace: 'a', ...does, isSigned: false };
    const secrets = { hash: hashToken(`token of ${id}`), sealedSecret: null };
    await hooks.add({ ...record, ...secrets, createdAtMs: 1, expiresAtMs: null });
    await hooks.close();
  };

  const filled = (path: string, params: Readonly<Record<string, string>>) =>
    path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? 'x');

  it('lets nobody in without one that is valid, at no route, MCP among them', async () => {
    const all = [
      ...routes,
      { method: 'POST', path: '/mcp', scope: 'read', isOpen: false },
      { method: 'GET', path: '/openapi.json', scope: '', isOpen: false },
    ];
    expect(all.filter(({ isOpen }) => isOpen).map(({ path }) => path)).toEqual(['/hooks/{hook}']);
    expect(all.length).toBeGreaterThan(150);
    for (const { method, path, isOpen } of all) {
      const answered = await room.ask(`${method} ${filled(path, {})}`);
      // Who fails too often is not even answered so.
      expect([path, [isOpen ? 404 : 401, 429].includes(answered.status)]).toEqual([path, true]);
      expect(answered.json.data).toBeNull();
    }
    expect((await room.ask('GET /health')).status).toBe(200);
  });

  it('knows no token that has expired, was made up, or is sent in another way', async () => {
    for (const authorization of [
      headers.expired?.authorization,
      'Bearer wwf_made-up',
      'Basic YTpi',
      'Bearer',
    ])
      expect([401, 429]).toContain(
        (await room.ask('GET /executions', undefined, { authorization: authorization ?? '' })).status,
      );
    const token = headers.a?.authorization?.slice('Bearer '.length);
    expect([401, 429]).toContain((await room.ask(`GET /executions?token=${token}`)).status);
  });

  it('lets a reader change nothing', async () => {
    for (const { method, path } of routes.filter(({ scope, isOpen }) => scope !== 'read' && !isOpen)) {
      const answered = await room.ask(`${method} ${filled(path, {})}`, undefined, headers.reader);
      expect([path, answered.status, answered.json.code]).toEqual([path, 403, 'NOT_PERMITTED']);
    }
    const mode = { pin: '2026-07-28' } as const;
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
    const requestInit = { headers: headers.reader ?? {} };
    await client.connect(new StreamableHTTPClientTransport(new URL(`${room.url}/mcp`), { requestInit }));
    const { tools } = await client.listTools();
    expect(tools.length).toBeGreaterThan(5);
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([]);
    await expect(client.callTool({ name: 'create_sound', arguments: {} })).rejects.toThrow(/read-only/);
    await client.close();
  });

  it('shows one workspace nothing of another: at every route its things are not there', async () => {
    const unit = '\\Containers\\Default Work Unit';
    const node = { id: 'secretNode', type: 'createSound', data: { parentPath: unit, name: 'OfA' } };
    const wide = { id: 'wide', type: 'queryWaql', data: { query: '$ from type Sound' } };
    const flow = { workflowId: 'flow-of-a', name: 'Secret of A', nodes: [node, wide], edges: [] };
    await room.ask('POST /workflows', flow, headers.a);
    const run = await room.ask('POST /workflows/flow-of-a/execute', {}, headers.a);
    const preview = await room.ask('POST /workflows/preview', flow, headers.a);
    const executionId = asString(run.data.executionId) ?? '';
    const previewId = asString(preview.data.previewId) ?? '';
    expect([executionId, previewId].every((id) => id !== '')).toBe(true);
    await addHook('of-a');
    const params = {
      hook: 'of-a',
      executionId,
      jobId: executionId,
      workflowId: 'flow-of-a',
      assetId: `output/a/${executionId}/wide`,
    };

    const named = routes.filter(({ path }) => /\{(executionId|jobId|workflowId|assetId|hook)\}/.test(path));
    expect(named.length).toBeGreaterThan(15);
    const isList = (path: string) => path === '/workflows/{workflowId}/executions';
    const asked = named.filter((route) => !isList(route.path) && route.method !== 'PUT');
    for (const { method, path, isOpen } of asked) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : {};
      const { status } = await room.ask(`${method} ${filled(path, params)}`, body, headers.b);
      // An open route counts failures, those of the tests before too.
      expect([method, path, isOpen && status === 429 ? 404 : status]).toEqual([method, path, 404]);
    }
    const applied = await room.ask('POST /workflows/apply', { previewId }, headers.b);
    expect(applied).toMatchObject({ status: 404, json: { code: 'PREVIEW_NOT_FOUND' } });
    for (const id of [executionId, previewId])
      expect(await room.ask(`GET /executions/${id}`, undefined, headers.b)).toMatchObject({ status: 404 });

    const lists = routes.filter(
      ({ method, path }) => method === 'GET' && (!path.includes('{') || isList(path)),
    );
    for (const { path } of lists) {
      const { text } = await room.ask(`GET ${filled(path, params)}`, undefined, headers.b);
      for (const secret of [executionId, previewId, 'of-a', 'Secret of A', 'secretNode'])
        expect([path, text.includes(secret)]).toEqual([path, false]);
    }
    // What a workspace itself has of the same name is its own.
    await room.ask('PUT /workflows/flow-of-a', { ...flow, name: 'Of B' }, headers.b);
    expect((await room.ask('GET /workflows/flow-of-a', undefined, headers.a)).data.name).toBe('Secret of A');
    expect((await room.ask('GET /executions', undefined, headers.reader)).data.runs).toMatchObject([
      { executionId },
    ]);
    expect(
      asJsonArray((await room.ask('GET /audit', undefined, headers.a)).data.records).length,
    ).toBeGreaterThan(0);
  });

  it('opens by a link one asset of one workspace, unless it is forged or has expired', () => {
    const links = createAssetLinks();
    const query = links.sign('output/a/exec_1/n', 'a', 1_000);
    expect(links.workspaceOf('output/a/exec_1/n', query, 999)).toBe('a');
    expect(links.workspaceOf('output/a/exec_1/n', query, 1_000)).toBeUndefined();
    expect(links.workspaceOf('output/a/exec_1/m', query, 999)).toBeUndefined();
    for (const [name, value] of [
      ['workspace', 'b'],
      ['expires', '9999'],
      ['signature', 'ab'],
    ] as const) {
      const forged = new URLSearchParams(query);
      forged.set(name, value);
      expect(links.workspaceOf('output/a/exec_1/n', forged, 999)).toBeUndefined();
    }
    expect(createAssetLinks().workspaceOf('output/a/exec_1/n', query, 999)).toBeUndefined();
  });
});
