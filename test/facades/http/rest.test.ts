import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString } from '../../../src/core/json.ts';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { toneBytes } from '../../harness/wave.ts';

const unit = '\\Containers\\Default Work Unit';
const flow = (name: string, workflowId = `make-${name}`) => ({
  workflowId,
  name: `Make ${name}`,
  nodes: [{ id: 'a', type: 'createSound', data: { parentPath: unit, name } }],
  edges: [],
});

describe('REST', () => {
  const dir = tempDir('rest');
  let room: HttpRoom;
  beforeAll(async () => {
    room = await openHttpRoom(dir);
  });
  afterAll(() => room.close());

  it('runs a workflow that is the body itself, or a member of it with its inputs', async () => {
    const plain = await room.ask('POST /workflows/execute', flow('Plain'));
    expect(plain).toMatchObject({
      status: 200,
      json: { ok: true, data: { results: [{ node: 'a', ok: true }] } },
    });
    const executionId = asString(plain.data.executionId) ?? '';
    expect(plain.headers.get('location')).toBe(`/executions/${executionId}`);
    const wrapped = {
      workflow: {
        inputs: { name: { type: 'string' } },
        nodes: [{ id: 'a', type: 'createSound', data: { parentPath: unit, name: '$input:name' } }],
        edges: [],
      },
      input: { name: 'Wrapped' },
    };
    expect(await room.ask('POST /api/workflows/execute', wrapped)).toMatchObject({ status: 200 });
    const found = await room.ask('POST /wwise/query_waql', { query: '$ where name = "Wrapped"' });
    expect(asJsonArray(found.data.objects)).toHaveLength(1);
    expect((await room.ask(`GET /executions/${executionId}`)).data).toMatchObject({
      executionId,
      state: 'done',
    });
    expect((await room.ask(`GET /api/workflows/executions/${executionId}`)).data).toMatchObject({
      state: 'done',
    });
  });

  it('compiles, previews, and applies what a preview showed', async () => {
    const compiled = await room.ask('POST /workflows/compile', flow('Shown'));
    expect(compiled).toMatchObject({ status: 200, data: { waves: [['a']] } });
    const preview = await room.ask('POST /workflows/preview', flow('Shown'));
    expect(preview.status).toBe(200);
    const missing = await room.ask('POST /wwise/query_waql', { query: '$ where name = "Shown"' });
    expect(missing.data.objects).toEqual([]);
    const { previewId } = preview.data;
    expect(await room.ask('POST /workflows/apply', { previewId })).toMatchObject({ status: 200 });
    const made = await room.ask('POST /wwise/query_waql', { query: '$ where name = "Shown"' });
    expect(made.data.objects).toMatchObject([{ name: 'Shown' }]);
  });

  it('lists what was done and what is remembered by page, order and filter', async () => {
    const names = ['Listed1', 'Listed2', 'Listed3'];
    const begun = new Date().toISOString();
    for (const name of names) await room.ask('POST /wwise/create_sound', { parentPath: unit, name });
    await room.ask('POST /wwise/create_sound', { parentPath: '\\Containers\\No', name: 'Never' });
    const inputs = (rows: unknown) =>
      asJsonArray(rows).map((row) => asJsonObject(asJsonObject(row).payload).name);
    const asked = 'command=create_sound&caller=rest&outcome=ok';
    const recent = `${asked}&from=${begun}`;
    const oldest = await room.ask(`GET /audit?${recent}&take=2&sortOrder=asc`);
    const next = await room.ask(`GET /audit?${recent}&take=2&skip=2&sortOrder=asc`);
    expect([...inputs(oldest.data.records), ...inputs(next.data.records)]).toEqual(names);
    expect(oldest.headers.get('x-total-count')).toBe('3');
    const page = await room.ask(`GET /audit?${asked}&take=1`);
    const further = await room.ask(`GET /audit?${asked}&take=1&cursor=${asString(page.data.cursor)}`);
    expect([...inputs(page.data.records), ...inputs(further.data.records)]).toEqual(['Listed3', 'Listed2']);
    expect((await room.ask('GET /audit?outcome=OBJECT_NOT_FOUND')).headers.get('x-total-count')).toBe('1');
    const known = await room.ask('GET /memo?command=create_sound&text=Listed2&sortBy=command');
    expect(known.data.entries).toMatchObject([{ command: 'create_sound', state: 'done' }]);
    expect(known.headers.get('x-total-count')).toBe('1');
    expect((await room.ask('GET /memo?to=2020-01-01')).data.entries).toEqual([]);
    const [template] = asJsonArray(
      (await room.ask('GET /templates?take=1&sortBy=workflowId')).data.templates,
    );
    expect(asJsonObject(template)).toHaveProperty('workflowId');
    for (const wrong of ['/audit?sortBy=payload', '/memo?limit=5', '/audit?from=yesterday', '/templates?x=1'])
      expect([wrong, (await room.ask(`GET ${wrong}`)).status]).toEqual([wrong, 400]);
  });

  it('gives a page as long as was asked for, however long its rows are', async () => {
    for (let index = 0; index < 60; index += 1) {
      const description = `${'Described at length. '.repeat(30)}${index}`;
      const workflow = { ...flow(`Long${index}`, `long-${String(index).padStart(2, '0')}`) };
      await room.ask('POST /workflows', { workflow, description });
    }
    const listed = await room.ask('GET /workflows?text=long-&take=60&sortBy=workflowId');
    expect(asJsonArray(listed.data.workflows)).toHaveLength(60);
    expect(listed.headers.get('x-total-count')).toBe('60');
  });

  it('begins no job where an input of its workflow has no value', async () => {
    const workflow = {
      inputs: { name: { type: 'string' } },
      nodes: [{ id: 'a', type: 'createSound', data: { parentPath: unit, name: '$input:name' } }],
      edges: [],
    };
    const total = async () => (await room.ask('GET /jobs')).headers.get('x-total-count');
    const before = await total();
    expect(await room.ask('POST /jobs', { type: 'workflow', payload: { workflow } })).toMatchObject({
      ...{ status: 422, json: { code: 'MISSING_INPUT' } },
    });
    expect(await total()).toBe(before);
  });

  it('tries one block on a copy of the project and changes nothing', async () => {
    const tried = await room.ask('POST /workflows/blocks/createSound/test', {
      data: { parentPath: unit, name: 'OnlyTried' },
    });
    expect(tried).toMatchObject({ status: 200, json: { ok: true } });
    expect(tried.text).toContain('OnlyTried');
    const found = await room.ask('POST /wwise/query_waql', { query: '$ where name = "OnlyTried"' });
    expect(found.data.objects).toEqual([]);
  });

  it('keeps workflows: made once, replaced, patched, listed in order and by page, run, deleted', async () => {
    const made = await room.ask('POST /workflows', flow('K1', 'kept-1'));
    expect(made).toMatchObject({ status: 201, data: { workflowId: 'kept-1', version: 1 } });
    expect(made.headers.get('location')).toBe('/workflows/kept-1');
    expect(await room.ask('POST /workflows', flow('K1', 'kept-1'))).toMatchObject({
      status: 409,
      json: { code: 'NAME_CONFLICT' },
    });
    for (const [id, name] of [
      ['kept-2', 'Zulu'],
      ['kept-3', 'Alpha'],
    ] as const)
      await room.ask('POST /workflows', { ...flow('K', id), name });
    const page = await room.ask('GET /workflows?text=kept&sortBy=name&sortOrder=desc&take=2');
    expect(page.headers.get('x-total-count')).toBe('3');
    expect(page.data.workflows).toMatchObject([{ workflowId: 'kept-2' }, { workflowId: 'kept-1' }]);
    const rest = await room.ask('GET /workflows?text=kept&sortBy=name&sortOrder=desc&take=2&skip=2');
    expect(rest.data.workflows).toMatchObject([{ workflowId: 'kept-3' }]);
    const next = await room.ask(
      `GET /workflows?text=kept&sortBy=name&sortOrder=desc&take=2&cursor=${page.data.cursor}`,
    );
    expect(next.data.workflows).toEqual(rest.data.workflows);

    expect(await room.ask('PATCH /workflows/kept-1', { name: 'Renamed' })).toMatchObject({
      data: { version: 2 },
    });
    expect((await room.ask('GET /workflows/kept-1')).data).toMatchObject({
      name: 'Renamed',
      document: { nodes: [{ data: { name: 'K1' } }] },
    });
    expect(await room.ask('PUT /workflows/kept-1', flow('K1b'))).toMatchObject({ data: { version: 3 } });
    expect((await room.ask('GET /workflows/kept-1/versions')).data.versions).toHaveLength(3);
    expect(await room.ask('POST /workflows/kept-1/validate')).toMatchObject({
      status: 200,
      data: { waves: [['a']] },
    });
    expect(await room.ask('POST /workflows/kept-1/execute', {})).toMatchObject({ status: 200 });
    const runs = await room.ask('GET /workflows/kept-1/executions');
    expect(runs.data.runs).toMatchObject([{ workflowId: 'kept-1', state: 'done', caller: 'rest' }]);
    expect(await room.ask('DELETE /workflows/kept-1')).toMatchObject({ data: { deletedVersions: 3 } });
    expect(await room.ask('GET /workflows/kept-1')).toMatchObject({
      status: 404,
      json: { code: 'WORKFLOW_NOT_FOUND' },
    });
  });

  it('lists runs by what a person would look for, and says how many there are', async () => {
    await room.ask('POST /workflows/execute', flow('L1', 'listed'));
    await room.ask('POST /workflows/execute', flow('L2', 'listed'));
    await room.ask('POST /workflows/execute', {
      ...flow('x', 'listed'),
      nodes: [{ id: 'a', type: 'setNotes', data: { objectId: '\\Containers\\Nothing', notes: 'x' } }],
    });
    const all = await room.ask('GET /executions?workflowId=listed&sortBy=startedAtMs&sortOrder=asc');
    expect(all.headers.get('x-total-count')).toBe('3');
    const times = asJsonArray(all.data.runs).map((run) => Number(asJsonObject(run).startedAtMs));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const failed = await room.ask('GET /executions?workflowId=listed&state=failed');
    expect(failed.headers.get('x-total-count')).toBe('1');
    expect(failed.data.runs).toMatchObject([{ code: 'OBJECT_NOT_FOUND' }]);
    const skipped = await room.ask('GET /executions?workflowId=listed&skip=2&code=OBJECT_NOT_FOUND');
    expect(skipped.data.runs).toEqual([]);
    const future = await room.ask('GET /executions?workflowId=listed&from=2999-01-01');
    expect(future.headers.get('x-total-count')).toBe('0');
  });

  it('answers what is wrong with a status, and the members that are wrong', async () => {
    const cases: readonly (readonly [request: string, body: unknown, status: number, code: string])[] = [
      ['POST /wwise/create_sound', { name: 7 }, 400, 'INVALID_INPUT'],
      ['GET /executions?take=0', undefined, 400, 'INVALID_INPUT'],
      ['GET /executions?colour=red', undefined, 400, 'INVALID_INPUT'],
      ['POST /wwise/creat_sound', {}, 404, 'UNKNOWN_COMMAND'],
      ['GET /executions/exec_none', undefined, 404, 'RUN_NOT_FOUND'],
      ['GET /executions/exec_none/events', undefined, 404, 'RUN_NOT_FOUND'],
      ['GET /workflows/none', undefined, 404, 'WORKFLOW_NOT_FOUND'],
      ['GET /assets/output/default/exec_1/x', undefined, 404, 'ARTIFACT_NOT_FOUND'],
      ['GET /nothing', undefined, 404, 'NOT_FOUND'],
      ['DELETE /audit', undefined, 405, 'NOT_FOUND'],
      [
        'POST /workflows/compile',
        { nodes: [{ id: 'a', type: 'createSound', data: {} }] },
        422,
        'MISSING_INPUT',
      ],
      ['POST /wwise/create_sound', { name: 'X', parentPath: '\\Containers\\No' }, 404, 'OBJECT_NOT_FOUND'],
    ];
    for (const [request, body, status, code] of cases) {
      const answered = await room.ask(request, body);
      expect([request, answered.status, answered.json.code]).toEqual([request, status, code]);
      expect(answered.json).toMatchObject({ ok: false, data: null, hint: expect.stringMatching(/./) });
    }
    const wrong = await room.ask('POST /wwise/create_sound', { name: 7 });
    expect(asJsonArray(asJsonObject(wrong.json.details).problems)).toContainEqual(
      expect.objectContaining({ path: '/name', received: 7 }),
    );
    const failed = await room.ask('POST /workflows/execute', {
      nodes: [{ id: 'a', type: 'setNotes', data: { objectId: '\\Containers\\Nothing', notes: 'x' } }],
      edges: [],
    });
    expect(failed).toMatchObject({ status: 422, json: { code: 'OBJECT_NOT_FOUND' } });
    expect((await room.ask('DELETE /audit')).headers.get('allow')).toBe('GET');
  });

  it('begins jobs, and says how they end', async () => {
    const payload = { parentPath: unit, name: 'ByJob' };
    const begun = await room.ask('POST /api/jobs', { type: 'create_sound', payload });
    expect(begun).toMatchObject({ status: 201, data: { status: 'pending', type: 'create_sound' } });
    const location = begun.headers.get('location') ?? '';
    const job = async () => (await room.ask(`GET ${location}`)).data;
    await expect.poll(async () => (await job()).status).toBe('completed');
    expect(await job()).toMatchObject({ type: 'create_sound', percent: 100 });
    const refused = await room.ask('POST /jobs', {
      type: 'set_notes',
      payload: { objectId: '\\No', notes: 'x' },
    });
    const failing = refused.headers.get('location') ?? '';
    await expect.poll(async () => (await room.ask(`GET ${failing}`)).data.status).toBe('failed');
    const listed = await room.ask('GET /jobs?status=failed&take=1');
    expect(listed.data.jobs).toMatchObject([
      { jobId: refused.data.jobId, type: 'set_notes', status: 'failed' },
    ]);
  });

  it('says 404 of what the address names, and 422 of what a document names', async () => {
    const unknown = { nodes: [{ id: 'a', type: 'creatSound', data: {} }], edges: [] };
    for (const [request, body, status] of [
      ['POST /wwise/creatSound', {}, 404],
      ['POST /workflows/compile', unknown, 422],
      ['POST /workflows/execute', unknown, 422],
      ['POST /jobs', { type: 'creatSound' }, 422],
    ] as const)
      expect([request, await room.ask(request, body)]).toMatchObject([
        request,
        { status, json: { code: 'UNKNOWN_COMMAND' } },
      ]);
  });

  it('finds jobs by each of their states, as it shows them, and runs by a text', async () => {
    const waits = { nodes: [{ id: 'w', type: 'wait', data: { forMs: 600_000 } }], edges: [] };
    const workflow = { ...waits, workflowId: 'found-by-text', name: 'Long REST of it' };
    const { jobId } = (await room.ask('POST /jobs', { type: 'workflow', payload: { workflow } })).data;
    const idsIn = async (status: string) => {
      const { data, headers } = await room.ask(`GET /jobs?status=${status}&take=100`);
      const jobs = asJsonArray(data.jobs).map(asJsonObject);
      expect(jobs.filter((job) => job.status !== status)).toEqual([]);
      expect(headers.get('x-total-count')).toBe(String(jobs.length));
      return jobs.map((job) => job.jobId);
    };
    await expect.poll(() => idsIn('processing')).toContain(jobId);
    expect(await idsIn('pending')).not.toContain(jobId);
    await room.ask(`DELETE /jobs/${jobId}`);
    await expect.poll(() => idsIn('failed')).toContain(jobId);
    expect(await idsIn('completed')).not.toContain(jobId);
    for (const text of ['rest%20OF', 'FOUND-by'])
      expect((await room.ask(`GET /executions?text=${text}`)).data.runs).toMatchObject([
        { executionId: jobId },
      ]);
    expect((await room.ask('GET /executions?text=nobody')).headers.get('x-total-count')).toBe('0');
  });

  it('answers bookkeeping only where it is asked for', async () => {
    await room.ask('POST /workflows/execute', { workflow: flow('Kept apart', 'kept-apart') });
    await room.ask('POST /jobs', { type: 'create_sound', payload: { parentPath: unit, name: 'Job' } });
    const rowsOf = async (address: string, list: string) =>
      asJsonArray((await room.ask(`GET ${address}`)).data[list]).map(asJsonObject);
    for (const [address, list, bookkeeping] of [
      ['/executions?', 'runs', ['planHash', 'durationMs']],
      ['/audit?command=create_sound&', 'records', ['durationMs']],
      ['/workflows?', 'workflows', []],
      ['/jobs?', 'jobs', []],
      ['/memo?command=create_sound&', 'entries', []],
    ] as const) {
      const lean = await rowsOf(`${address}take=2`, list);
      const whole = await rowsOf(`${address}take=2&verbose=true`, list);
      expect(lean.length).toBeGreaterThan(0);
      for (const name of bookkeeping) {
        expect([list, Object.keys(lean[0] ?? {})]).not.toEqual([list, expect.arrayContaining([name])]);
        expect([list, Object.keys(whole[0] ?? {})]).toEqual([list, expect.arrayContaining([name])]);
      }
      expect([list, lean.flatMap(Object.values).includes(null)]).toEqual([list, false]);
      const key = asString(lean[0]?.idemKey ?? lean[0]?.key);
      if (key !== undefined) expect([list, key.length]).toEqual([list, 12]);
    }
    const template = (await room.ask('GET /templates/footsteps')).data;
    expect(Object.values(template)).not.toContain(null);
    expect((await room.ask('GET /templates/footsteps?verbose=true')).data).toHaveProperty('version', null);
    expect((await room.ask('GET /workflows/no?version=x')).status).toBe(400);
  });

  it('cancels and rolls back runs', async () => {
    const waiting = await room.ask('POST /workflows/execute', {
      workflow: {
        nodes: [
          { id: 'a', type: 'createSound', data: { parentPath: unit, name: 'Undone' } },
          { id: 'b', type: 'wait', data: { forMs: 600_000 } },
        ],
        edges: [{ source: 'a', target: 'b' }],
      },
      waitMs: 0,
    });
    expect(waiting.status).toBe(202);
    const location = waiting.headers.get('location') ?? '';
    await expect.poll(async () => (await room.ask(`GET ${location}`)).data.state).toBe('suspended');
    expect(await room.ask(`POST ${location}/cancel`)).toMatchObject({
      status: 200,
      data: { state: 'cancelled' },
    });
    expect(await room.ask(`POST ${location}/rollback`)).toMatchObject({ status: 200, json: { ok: true } });
    const found = await room.ask('POST /wwise/query_waql', { query: '$ where name = "Undone"' });
    expect(found.data.objects).toEqual([]);
  });

  it('lists commands, templates, the project and who did what', async () => {
    const catalog = await room.ask('GET /catalog?toolset=objects');
    expect(Number(catalog.headers.get('x-total-count'))).toBeGreaterThan(10);
    const named = async (page: string) =>
      asJsonArray((await room.ask(`GET /catalog?toolset=objects&${page}`)).data.commands).map(
        (row) => asJsonObject(row).name,
      );
    const byName = await named('take=100&sortBy=name');
    expect(byName).toEqual([...byName].sort());
    expect(await named('take=2&skip=1&sortBy=name&sortOrder=desc')).toEqual(
      [...byName].reverse().slice(1, 3),
    );
    expect((await room.ask('GET /catalog?sortBy=input')).status).toBe(400);
    expect(await room.ask('GET /catalog?toolset=objetcs')).toMatchObject({
      ...{ status: 400, json: { code: 'INVALID_INPUT', details: { candidates: ['objects'] } } },
    });
    expect((await room.ask('GET /catalog/createSound')).data).toMatchObject({
      name: 'create_sound',
      inputSchema: { properties: { name: {} } },
    });
    expect((await room.ask('GET /node-types?types=createSound')).data).toMatchObject({
      nodeTypes: [{ type: 'create_sound' }],
    });
    expect((await room.ask('GET /templates')).data.templates).toContainEqual(
      expect.objectContaining({ workflowId: 'footsteps' }),
    );
    expect((await room.ask('GET /templates/footsteps')).data).toMatchObject({
      document: { nodes: expect.arrayContaining([expect.objectContaining({ id: 'sounds' })]) },
    });
    expect((await room.ask('GET /projects')).data).toMatchObject({ projects: [{ name: 'Test' }] });
    await room.ask('POST /wwise/create', { parentPath: unit, type: 'ActorMixer', name: 'Audited' });
    expect((await room.ask('GET /audit?take=1&command=create_object')).data.records).toMatchObject([
      { command: 'create_object', caller: 'rest', payload: { name: 'Audited' } },
    ]);
    expect((await room.ask('GET /memo?take=1')).data.entries).toHaveLength(1);
  });

  it('takes files, to be given as inputs, and no others', async () => {
    const form = new FormData();
    form.append('file', new File([new Uint8Array(toneBytes())], '../../step one.wav'));
    const response = await fetch(`${room.url}/uploads`, { method: 'POST', body: form });
    expect(response.status).toBe(201);
    const { data } = asJsonObject(await response.json());
    const filePath = asString(asJsonObject(asJsonArray(asJsonObject(data).files)[0]).filePath) ?? '';
    expect(filePath).toMatch(/uploads.default.[0-9a-f]{16}.step one\.wav$/);
    const imported = await room.ask('POST /wwise/audio_import', { filePath, parentPath: unit, name: 'Sent' });
    expect(imported).toMatchObject({ status: 200, json: { ok: true } });
    const empty = await fetch(`${room.url}/uploads`, { method: 'POST', body: new FormData() });
    expect(empty.status).toBe(400);
    expect(await room.ask('POST /uploads', {})).toMatchObject({
      status: 400,
      json: { code: 'INVALID_INPUT' },
    });
    const other = { filePath: '/etc/hostname', parentPath: unit, name: 'Other' };
    expect(await room.ask('POST /wwise/audio_import', other)).toMatchObject({ status: 403 });
  });

  it('gives what a run left whole, in parts, and by a link that needs no token and cannot be forged', async () => {
    const notes = 'ü♪'.repeat(45_000);
    const set = (id: string, more: object) => ({
      ...{ id, type: 'setNotes' },
      data: { objectId: '$from:made:$output:id', notes, ...more },
    });
    const made = { id: 'made', type: 'createSound', data: { parentPath: unit, name: 'Noted' } };
    const run = await room.ask('POST /workflows/execute', {
      nodes: [made, set('first', {}), set('more', { append: true })],
      edges: [{ source: 'first', target: 'more' }],
    });
    const assets = `GET /executions/${asString(run.data.executionId)}/assets`;
    const beyond = await room.ask(`${assets}?take=5&skip=50&sortBy=bytes&sortOrder=desc`);
    const listed = await room.ask(assets);
    expect(beyond.data.assets).toEqual([]);
    expect(beyond.headers.get('x-total-count')).toBe(String(asJsonArray(listed.data.assets).length));
    const [asset] = asJsonArray(listed.data.assets).map(asJsonObject);
    const id = asString(asset?.id) ?? '';
    const whole = await room.ask(`GET /assets/${id}`);
    expect(JSON.parse(whole.text)).toMatchObject({ notes: `${notes}\n${notes}` });
    expect(whole.headers.get('content-disposition')).toMatch(/^attachment/);
    const part = await room.ask(`GET /assets/${encodeURIComponent(id)}`, undefined, { range: 'bytes=2-5' });
    expect([part.status, part.text]).toEqual([206, whole.text.slice(2, 6)]);
    expect(part.headers.get('content-range')).toBe(`bytes 2-5/${asset?.bytes}`);
    expect((await room.ask(`GET /assets/${id}`, undefined, { range: 'bytes=999999999-' })).status).toBe(416);
    const linked = await room.ask(`POST /assets/${id}/link`, { seconds: 60 });
    expect(linked.status).toBe(201);
    expect((await room.ask(`GET ${asString(linked.data.url)}`)).text).toBe(whole.text);
  });
});
