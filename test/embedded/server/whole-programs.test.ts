import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { startWaapiServer } from '../../../src/embedded/server/start-waapi-server.ts';
import { withEngine } from '../../harness/engine.ts';
import { type EraProject, writeEraProject } from '../../harness/era-project.ts';
import { writeTone } from '../../harness/wave.ts';
import { type RawClient, rawClient } from './raw-client.ts';

/** A program at work: calls over WAMP as Python sends them, and the same over HTTP. */
interface Program {
  readonly era: EraProject;
  readonly dir: string;
  readonly client: RawClient;
  call(uri: string, args?: JsonObject, options?: JsonObject): Promise<JsonObject>;
  /** URI and message of a call that must fail. */
  refused(uri: string, args?: JsonObject): Promise<readonly unknown[]>;
  post(uri: string, args?: JsonObject, options?: JsonObject): Promise<{ status: number; body: JsonObject }>;
}

function onServer(schema: 110 | 133, work: (program: Program) => Promise<void>): Promise<void> {
  let era: EraProject;
  return withEngine(
    async ({ engine, dir }) => {
      const server = await startWaapiServer({ engine, wampPort: 0, httpPort: 0, log: silentLog });
      try {
        const client = await rawClient(server.wampUrl ?? '');
        await client.ask('[1,"realm1"]');
        let request = 2 ** 52;
        const ask = async (uri: string, args: JsonObject, options: JsonObject) => {
          const frame = [48, request++, options, `ak.wwise.${uri}`, []];
          const text = JSON.stringify(Object.keys(args).length === 0 ? frame : [...frame, args]);
          return asJsonArray(JSON.parse(await client.ask(text)));
        };
        await work({
          era,
          dir,
          client,
          call: async (uri, args = {}, options = {}) => {
            const answer = await ask(uri, args, options);
            expect(answer.slice(0, 4)).toEqual([50, request - 1, {}, []]);
            return asJsonObject(answer[4]);
          },
          refused: async (uri, args = {}) => {
            const answer = await ask(uri, args, {});
            expect(answer.slice(0, 4)).toEqual([8, 48, request - 1, {}]);
            return [answer[4], asJsonObject(answer[6]).message];
          },
          post: async (uri, args = {}, options = {}) => {
            const response = await fetch(server.httpUrl ?? '', {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ uri: `ak.wwise.${uri}`, args, options }),
            });
            return { status: response.status, body: asJsonObject(JSON.parse(await response.text())) };
          },
        });
      } finally {
        await server.close();
      }
    },
    (dir) => {
      era = writeEraProject(dir, schema);
      return era.projectPath;
    },
  );
}

describe.each([110, 133] as const)('programs on a project of schema %i', (schema) => {
  it('import a folder, make an Event for each Sound, and read both over HTTP', () =>
    onServer(schema, async ({ era, dir, call, post }) => {
      const names = ['step_01', 'step_02'];
      for (const name of names) writeTone(join(dir, `${name}.wav`));
      const imports = names.map((name) => ({
        audioFile: join(dir, `${name}.wav`),
        objectPath: `${era.home}\\<Virtual Folder>Imported\\<Random Container>Steps\\<Sound SFX>${name}`,
      }));
      const { objects, log } = await call(
        'core.audio.import',
        {
          importOperation: 'useExisting',
          default: { importLanguage: 'SFX', originalsSubFolder: 'Foot' },
          imports,
        },
        { return: ['id', 'name', 'type'] },
      );
      expect(log).toEqual([]);
      for (const { id, name, type } of asJsonArray(objects).map(asJsonObject)) {
        if (type !== 'Sound') continue;
        const children = [{ type: 'Action', name: '', '@ActionType': 1, '@Target': id ?? null }];
        const event = { parent: '\\Events\\Default Work Unit', type: 'Event', name: `Play_${String(name)}` };
        await call('core.object.create', { ...event, onNameConflict: 'merge', children });
      }
      const waql = '$ from type Event where name : "play step" orderby name';
      const options = { return: ['name', 'children.target.name', 'children.target.parent.name'] };
      const rows = names.map((name) => ({
        name: `Play_${name}`,
        'children.target.name': [name],
        'children.target.parent.name': ['Steps'],
      }));
      expect(await post('core.object.get', { waql }, options)).toEqual({
        status: 200,
        body: { return: rows },
      });
    }));

  it('find in the log where they came from and what was refused them', () =>
    onServer(schema, async ({ call, refused }) => {
      expect((await refused('core.object.get', { wql: '$' }))[1]).toBe('Argument wql is unknown.');
      const { items } = await call('core.log.get', { channel: 'waapi' });
      const said = asJsonArray(items)
        .map(asJsonObject)
        .map(({ messageId, message }) => `${String(messageId)}: ${String(message)}`);
      expect(said.slice(-3)).toEqual([
        expect.stringMatching(/^WampConnection: WAMP connection from 127\.0\.0\.1:\d+$/),
        expect.stringMatching(/^WampHello: WAMP Opening session id '\d+'$/),
        expect.stringMatching(
          /^WampError: WAMP session id '\d+', ak\.wwise\.core\.object\.get: Argument wql is unknown\.$/,
        ),
      ]);
    }));

  it('rename in one undo group, undo it with one call, and hear of both', () =>
    onServer(schema, async ({ era, client, call }) => {
      await client.ask('[32,7,{"return":["path"]},"ak.wwise.core.object.nameChanged"]');
      await call('core.undo.beginGroup');
      await call('core.object.setName', { object: era.boom, value: 'Crash' });
      expect(JSON.parse(await client.next())[5]).toEqual({
        object: { path: `${era.mixer}\\Crash` },
        newName: 'Crash',
        oldName: 'Boom',
      });
      await call('core.undo.endGroup', { displayName: 'Rename' });
      await call('core.undo.undo');
      expect(JSON.parse(await client.next())[5]).toMatchObject({ newName: 'Boom', oldName: 'Crash' });
      const { return: found } = await call(
        'core.object.get',
        { waql: `"${era.boom}"` },
        { return: ['name'] },
      );
      expect(found).toEqual([{ name: 'Boom' }]);
    }));

  it('write RTPC curves with one object.set, stretch their range, and read them back', () =>
    onServer(schema, async ({ era, call }) => {
      const rtpc = (property: string, y: number) => ({
        type: 'RTPC',
        name: '',
        '@PropertyName': property,
        '@ControlInput': 'GameParameter:Power',
        '@Curve': {
          type: 'Curve',
          points: [
            { x: 0, y, shape: 'Exp3' },
            { x: 100, y: 0, shape: 'Linear' },
          ],
        },
      });
      await call('core.object.set', {
        objects: [{ object: era.surface, '@RTPC': [rtpc('Volume', -96), rtpc('Lowpass', 100)] }],
        listMode: 'replaceAll',
      });
      const range = { object: 'GameParameter:Power', min: -100, max: 100, onCurveUpdate: 'stretch' };
      await call('core.gameParameter.setRange', range);
      const { return: curves } = await call(
        'core.object.get',
        { waql: `"${era.surface}" select rtpc orderby @PropertyName` },
        { return: ['@PropertyName', '@ControlInput.name', '@Curve.points'] },
      );
      const read = (property: string, y: number) => ({
        '@PropertyName': property,
        '@ControlInput.name': 'Power',
        '@Curve.points': [
          { x: -100, y, shape: 'Exp3' },
          { x: 100, y: 0, shape: 'Linear' },
        ],
      });
      expect(curves).toEqual([read('Lowpass', 100), read('Volume', -96)]);
    }));

  it('import a tab-delimited file whose errors stand in the log, not in the way', () =>
    onServer(schema, async ({ era, dir, call }) => {
      writeTone(join(dir, 'a.wav'));
      const row = (file: string, path: string) => `${join(dir, file)}\t${era.home}\\${path}\t-4`;
      const table = [
        'Audio File\tObject Path\tProperty[Volume]',
        row('a.wav', '<Sound SFX>A'),
        row('b.wav', '<Sound SFX>B'),
      ];
      writeFileSync(join(dir, 'table.txt'), `${table.join('\r\n')}\r\n`);
      const args = {
        importFile: join(dir, 'table.txt'),
        importLanguage: 'SFX',
        importOperation: 'useExisting',
      };
      await call('core.audio.importTabDelimited', args, { return: ['name'] });
      const { return: made } = await call(
        'core.object.get',
        { waql: `"${era.home}" select children where name = "A" or name = "B"` },
        { return: ['name', '@Volume'] },
      );
      expect(made).toEqual([{ name: 'A', '@Volume': -4 }]);
      const { items } = await call('core.log.get', { channel: 'general' });
      expect(JSON.stringify(items)).toMatch(/table\.txt:3: .*b\.wav/);
    }));

  it('are refused over both by the same words what needs a running Wwise', () =>
    onServer(schema, async ({ refused, post }) => {
      const message = 'Procedure not available for this type of Wwise instance.';
      for (const uri of [
        'core.profiler.startCapture',
        'core.soundbank.generate',
        'ui.bringToForeground',
        'cli.verify',
      ]) {
        expect([uri, ...(await refused(uri))]).toEqual([uri, 'ak.wwise.unavailable', message]);
        expect(await post(uri)).toMatchObject({
          status: 500,
          body: { uri: 'ak.wwise.unavailable', message },
        });
      }
    }));
});
