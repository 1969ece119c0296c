import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { printTo } from '../../src/facades/cli/print.ts';
import { printTemplate } from '../../src/facades/cli/template.ts';
import { appIn, packageDir } from '../harness/app-in.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { openHttpRoom } from '../harness/http-room.ts';
import { withTemplates } from './template-room.ts';

const shipped = readdirSync(join(packageDir, 'templates')).map((file) => file.replace(/\.json$/, ''));

describe('workflow_from_template', () => {
  it('lists every template with the inputs it takes', async () => {
    await withTemplates(async ({ done }) => {
      const { templates } = await done('workflow_from_template', {});
      const listed = new Map(
        asJsonArray(templates).map((one) => [asString(asJsonObject(one).workflowId), asJsonObject(one)]),
      );
      for (const name of shipped) {
        expect(listed.get(name), name).toMatchObject({ isOwn: false, description: expect.any(String) });
        for (const [input, declared] of Object.entries(asJsonObject(listed.get(name)?.inputs)))
          expect(declared, `${name} ${input}`).toMatchObject({
            type: expect.any(String),
            description: expect.any(String),
          });
      }
      const found = await done('workflow_from_template', { text: 'surface' });
      expect(asJsonArray(found.templates).map((one) => asJsonObject(one).workflowId)).toEqual([
        'footsteps-by-surface',
        'named-variations',
      ]);
    });
  });

  it('gives the workflow an id by its values, or the one asked for, and keeps it open to other values', async () => {
    await withTemplates(async ({ done }) => {
      const asked = { template: 'ui-sounds', input: { folder: '/audio/ui' } };
      const made = await done('workflow_from_template', asked);
      expect(made).toMatchObject({
        workflowId: expect.stringMatching(/^ui-sounds-[0-9a-f]{8}$/),
        workflow: { inputs: { folder: { type: 'string', default: '/audio/ui' }, bus: { default: 'UI' } } },
      });
      expect(await done('workflow_from_template', asked)).toMatchObject({ workflowId: made.workflowId });
      const other = { ...asked, input: { folder: '/audio/menu' } };
      expect((await done('workflow_from_template', other)).workflowId).not.toBe(made.workflowId);
      const saved = await done('workflow_from_template', { ...asked, workflowId: 'menu' });
      expect(await done('workflow_save', { workflow: saved.workflow })).toMatchObject({ workflowId: 'menu' });
    });
  });

  it('refuses what the template does not take', async () => {
    await withTemplates(async ({ call }) => {
      const folder = '/audio/ui';
      const wrong: readonly (readonly [JsonObject, JsonObject])[] = [
        [
          { template: 'random-variation' },
          { code: 'WORKFLOW_NOT_FOUND', details: { candidates: ['random-variations'] } },
        ],
        [{ template: 'ui-sounds' }, { code: 'MISSING_INPUT', details: { input: 'folder' } }],
        [
          { template: 'ui-sounds', input: { folder, bsu: 'UI' } },
          { code: 'INVALID_INPUT', details: { input: 'bsu', candidates: ['bus'] } },
        ],
        [{ template: 'ui-sounds', input: { folder: 3 } }, { code: 'INVALID_INPUT' }],
        [{ template: 'ui-sounds', input: { folder }, workflowId: 'a b' }, { code: 'INVALID_INPUT' }],
        [{ template: 'ui-sounds', values: { folder } }, { code: 'INVALID_INPUT' }],
      ];
      for (const [args, answer] of wrong)
        expect(await call('workflow_from_template', args), JSON.stringify(args)).toMatchObject(answer);
    });
  });
});

describe('templates on the command line and over REST', () => {
  let dir = '';
  let app: App;
  let out = '';
  const print = printTo((text) => {
    out += text;
  });

  beforeEach(() => {
    dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-own-templates-')));
    out = '';
    freshProject(join(dir, 'Game.wproj'));
    mkdirSync(join(dir, 'mine'));
    const nodes = [{ id: 'hello', type: 'say', data: { text: 'Hello $input:name' } }];
    const own = { workflowId: 'greet', name: 'Greet', inputs: { name: { type: 'string' } }, nodes };
    writeFileSync(join(dir, 'mine', 'greet.json'), JSON.stringify(own));
    writeFileSync(join(dir, 'mine', 'ui.json'), JSON.stringify({ ...own, workflowId: 'ui-sounds' }));
    writeFileSync(join(dir, 'mine', 'broken.json'), '{');
    app = appIn(dir, [
      ...['--project', join(dir, 'Game.wproj'), '--state', join(dir, 'state')],
      ...['--templates', join(dir, 'mine')],
    ]);
  });
  afterEach(async () => {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('are listed with the user’s own, which go before those of the same id', async () => {
    const wanted = { template: undefined, input: undefined, workflowId: undefined, json: false };
    expect(await printTemplate(wanted, await app.openService(), print)).toBe(0);
    expect(out).toContain('greet  Greet');
    expect(out).toContain('ui-sounds  Greet');
    for (const name of shipped) expect(out).toContain(`${name}  `);
    expect(out).not.toContain('broken');
  });

  it('are printed as a workflow that run takes', async () => {
    const wanted = { template: 'greet', input: { name: 'Ada' }, workflowId: 'hello', json: false };
    const service = await app.openService();
    expect(await printTemplate(wanted, service, print)).toBe(0);
    const workflow: unknown = JSON.parse(out);
    expect(workflow).toMatchObject({ workflowId: 'hello', inputs: { name: { default: 'Ada' } } });
    expect(await service.compile({ workflow })).toMatchObject({ ok: true });
    await expect(printTemplate({ ...wanted, input: {} }, service, print)).rejects.toMatchObject({
      code: 'MISSING_INPUT',
    });
  });

  it('are listed and made over REST', async () => {
    const room = await openHttpRoom(join(dir, 'rest'));
    try {
      const listed = await room.ask('GET /templates?text=ui-sounds');
      expect(listed.data.templates).toMatchObject([
        { workflowId: 'ui-sounds', inputs: { folder: { type: 'string' }, volumeDb: { default: 0 } } },
      ]);
      const made = await room.ask('POST /templates/ui-sounds/workflow', { input: { folder: '/audio' } });
      expect(made).toMatchObject({
        status: 200,
        data: { template: 'ui-sounds', workflow: { inputs: { folder: { default: '/audio' } } } },
      });
      expect(await room.ask('POST /workflows/compile', made.data.workflow)).toMatchObject({ status: 200 });
      expect(await room.ask('POST /templates/ui-sounds/workflow', {})).toMatchObject({
        status: 422,
        json: { code: 'MISSING_INPUT' },
      });
      expect(await room.ask('POST /templates/nothing/workflow', {})).toMatchObject({ status: 404 });
    } finally {
      await room.close();
    }
  });
});
