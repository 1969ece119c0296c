import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type EraClient, startEraClient } from '../stdio/era-client.ts';
import type { Era } from '../stdio/stdio-client.ts';

const eras: readonly Era[] = ['2026-07-28', '2025 (client 2.x)', '2025 (sdk 1.x)'];
const home = '\\Containers\\Default Work Unit';
const steps = encodeURIComponent(`${home}\\Steps`);

describe.each(eras)('resources and completions over stdio, to a client of %s', (era) => {
  let dir = '';
  let client: EraClient;
  let executionId = '';

  beforeAll(async () => {
    dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-resources-')));
    const projectPath = join(dir, 'Game', 'Game.wproj');
    freshProject(projectPath);
    for (const surface of ['Grass', 'Gravel', 'Stone'])
      mkdirSync(join(dir, 'audio', surface), { recursive: true });
    const places = ['--state', join(dir, 'state'), '--allow-dir', dir];
    client = await startEraClient(era, ['--project', projectPath, ...places], dir);
    const nodes = [
      { id: 'steps', type: 'createObject', data: { type: 'Folder', name: 'Steps', parentPath: home } },
      { id: 'group', type: 'createSwitchGroup', data: { name: 'Surface', members: ['Grass'] } },
      { id: 'ask', type: 'handoff', data: { role: 'lead', text: 'Which take?' } },
    ];
    const workflow = { workflowId: 'begin', nodes, edges: [{ source: 'group', target: 'ask' }] };
    const run = await client.call('workflow_run', { workflow });
    executionId = asString(asJsonObject(run.data).executionId) ?? '';
  });
  afterAll(async () => {
    await client.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('are listed in one order, each with a title and what it is', async () => {
    const list = async () =>
      asJsonArray((await client.request('resources/list')).resources).map(asJsonObject);
    const listed = (await list()).filter(({ uri }) => !String(uri).startsWith('ui://'));
    expect(listed.map(({ uri }) => String(uri).replace('wwiseflow://', ''))).toEqual([
      ...['wwise-primer', 'node-types', 'workflow-schema', 'templates'],
      ...['project', 'tree', 'waapi', 'runs', 'questions', 'audit', 'metrics'],
    ]);
    const templates = asJsonArray((await client.request('resources/templates/list')).resourceTemplates).map(
      asJsonObject,
    );
    expect(templates.map(({ uriTemplate }) => String(uriTemplate).replace('wwiseflow://', ''))).toEqual([
      ...[
        'node-types/{type}',
        'templates/{template}',
        'workflows/{workflowId}/explanation',
        'workflows/{workflowId}',
        'tree/{path}',
        'objects/{object}',
        'work-units/{file}',
      ],
      ...['waapi/{uri}', 'runs/{executionId}/journal', 'runs/{executionId}/audit', 'runs/{executionId}'],
    ]);
    for (const { name, title, description, mimeType } of [...listed, ...templates])
      expect([name, title, description, mimeType].every((text) => String(text ?? '').length > 2)).toBe(true);
  });

  it('can all be read', async () => {
    const listed = asJsonArray((await client.request('resources/list')).resources).map(asJsonObject);
    for (const { uri, mimeType } of listed) {
      if (String(uri).startsWith('ui://')) continue;
      const [content] = asJsonArray((await client.request('resources/read', { uri: uri ?? '' })).contents);
      const { text, ...facts } = asJsonObject(content);
      expect(facts).toEqual({ uri, mimeType });
      expect(String(text).length).toBeGreaterThan(2);
    }
  });

  it('show the project, its tree, an object by path or name, and the text of a Work Unit', async () => {
    expect(await client.read('wwiseflow://project')).toMatchObject({ name: 'Game', isDirty: true });
    expect(asString((await client.read('wwiseflow://tree')).tree)).toContain('Containers');
    const below = encodeURIComponent('\\Containers');
    expect(asString((await client.read(`wwiseflow://tree/${below}`)).tree)).toContain('Steps');
    const object = await client.read(`wwiseflow://objects/${steps}`);
    expect(object).toMatchObject({ name: 'Steps', type: 'Folder', path: `${home}\\Steps` });
    // As a person pastes it.
    expect(await client.read(`wwiseflow://objects/${home}\\Steps`)).toEqual(object);
    expect(await client.read('wwiseflow://objects/SwitchGroup:Surface')).toMatchObject({ name: 'Surface' });
    const file = encodeURIComponent('Containers/Default Work Unit.wwu');
    const [unit] = asJsonArray(
      (await client.request('resources/read', { uri: `wwiseflow://work-units/${file}` })).contents,
    );
    expect(asJsonObject(unit)).toMatchObject({ mimeType: 'application/xml' });
    expect(asString(asJsonObject(unit).text)).toContain('<WwiseDocument');
  });

  it('show runs, journal, questions and audit, and the WAAPI that is connected', async () => {
    const { runs } = await client.read('wwiseflow://runs');
    expect(asJsonArray(runs)).toMatchObject([{ executionId, state: 'suspended' }]);
    const run = await client.read(`wwiseflow://runs/${executionId}`);
    expect(run).toMatchObject({ executionId, state: 'suspended' });
    const { events } = await client.read(`wwiseflow://runs/${executionId}/journal`);
    expect(asJsonArray(events).map((event) => asJsonObject(event).event)).toEqual(
      expect.arrayContaining(['workflow.execution.start', 'workflow.execution.suspended']),
    );
    expect(JSON.stringify(await client.read('wwiseflow://questions'))).toContain('Which take?');
    const { records } = await client.read(`wwiseflow://runs/${executionId}/audit`);
    expect(JSON.stringify(records)).toContain('create_switch_group');
    const waapi = await client.read('wwiseflow://waapi');
    expect(asJsonArray(waapi.functions)).toContain('ak.wwise.core.object.get');
    expect(asJsonArray(waapi.topics)).toContain('ak.wwise.core.project.saved');
    const schema = await client.read('wwiseflow://waapi/ak.wwise.core.object.setNotes');
    expect(JSON.stringify(schema)).toContain('"args"');
    expect(await client.read('wwiseflow://templates/ui-sounds')).toMatchObject({ workflowId: 'ui-sounds' });
    const { steps } = await client.read('wwiseflow://workflows/ui-sounds/explanation');
    expect(asJsonArray(steps).length).toBeGreaterThan(2);
    expect(JSON.stringify(await client.read('wwiseflow://node-types/createSound'))).toContain('parentPath');
  });

  it('that are not there are answered with the number of the era, and what is near', async () => {
    // The newer library gives its callers the number of 2026 whatever came over the wire.
    const code = era === '2025 (sdk 1.x)' ? -32_002 : -32_602;
    for (const uri of [
      'wwiseflow://nothing',
      'wwiseflow://objects/Sound:Nothing',
      'wwiseflow://runs/none',
      'wwiseflow://work-units/..%2F..%2Fetc%2Fpasswd',
      'wwiseflow://templates/ui-sound',
      'file:///etc/passwd',
    ])
      await expect(client.request('resources/read', { uri }), uri).rejects.toMatchObject({ code });
    await expect(client.read('wwiseflow://templates/ui-sound')).rejects.toThrow(/ui-sounds/);
    await expect(client.read('wwiseflow://projekt')).rejects.toThrow(/wwiseflow:\/\/project/);
  });

  it.each(['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list'])(
    '%s refuses a cursor that nobody gave, and one that is no text',
    async (method) => {
      for (const cursor of ['bogus', '', 7])
        await expect(client.request(method, { cursor })).rejects.toMatchObject({ code: -32_602 });
    },
  );

  it('complete the arguments of prompts from what there is', async () => {
    const prompt = (name: string) => ({ type: 'ref/prompt', name });
    const audio = join(dir, 'audio');
    expect(await client.complete(prompt('import-folder'), 'folder', `${audio}/G`)).toEqual([
      join(audio, 'Grass'),
      join(audio, 'Gravel'),
    ]);
    expect(await client.complete(prompt('footsteps'), 'surfaces', 'Grass, ', { folder: audio })).toEqual([
      'Grass, Gravel',
      'Grass, Stone',
    ]);
    expect(await client.complete(prompt('footsteps'), 'switchGroup', 'sur')).toEqual([
      '\\Switches\\Default Work Unit\\Surface',
    ]);
    expect(await client.complete(prompt('import-audio'), 'parent', `${home}\\st`)).toEqual([
      `${home}\\Steps`,
    ]);
    expect(await client.complete(prompt('import-audio'), 'bus', 'main')).toEqual([
      '\\Busses\\Default Work Unit\\Main Audio Bus',
    ]);
    expect(await client.complete(prompt('explain-workflow'), 'workflow', 'by-surface')).toEqual([
      'footsteps-by-surface',
    ]);
    expect(await client.complete(prompt('review-change'), 'change', executionId.slice(0, 4))).toEqual([
      executionId,
    ]);
    expect(await client.complete(prompt('author-workflow'), 'goal', 'x')).toEqual([]);
  });

  it('complete the variables of templates', async () => {
    const template = (uri: string) => ({ type: 'ref/resource', uri: `wwiseflow://${uri}` });
    expect(await client.complete(template('runs/{executionId}'), 'executionId', '')).toEqual([executionId]);
    expect(await client.complete(template('objects/{object}'), 'object', `${home}\\S`)).toEqual([
      `${home}\\Steps`,
    ]);
    expect(await client.complete(template('objects/{object}'), 'object', 'step')).toEqual([`${home}\\Steps`]);
    expect(await client.complete(template('waapi/{uri}'), 'uri', 'setNotes')).toEqual([
      'ak.wwise.core.object.setNotes',
    ]);
    expect(await client.complete(template('work-units/{file}'), 'file', 'busses')).toEqual([
      'Busses/Default Work Unit.wwu',
    ]);
    expect(await client.complete(template('node-types/{type}'), 'type', 'createSoundb')).toEqual([
      'createSoundbank',
    ]);
    expect(await client.complete(template('templates/{template}'), 'template', 'ui-')).toEqual(['ui-sounds']);
  });

  it('complete nothing for what is not there, and say so', async () => {
    const wrong: readonly (readonly [Record<string, string>, string])[] = [
      [{ type: 'ref/prompt', name: 'footstep' }, 'folder'],
      [{ type: 'ref/prompt', name: 'footsteps' }, 'wish'],
      [{ type: 'ref/resource', uri: 'wwiseflow://none/{x}' }, 'x'],
      [{ type: 'ref/resource', uri: 'wwiseflow://objects/{object}' }, 'x'],
      [{ type: 'ref/other' }, 'x'],
    ];
    for (const [ref, name] of wrong)
      await expect(client.complete(ref, name, '')).rejects.toMatchObject({ code: -32_602 });
  });
});
