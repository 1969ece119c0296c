import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../src/core/json.ts';
import { readWaveFacts } from '../../../src/core/wave/wave.ts';
import { readWaveExtras } from '../../../src/embedded/media-pool/wave-extras.ts';
import { type EngineRoom, withEngine } from '../../harness/engine.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { chunk, formatChunk, waveBytes, writeTone } from '../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';

async function hear(room: EngineRoom, topic: string, options: JsonObject = {}): Promise<JsonObject[]> {
  const events: JsonObject[] = [];
  await room.session.subscribe(`ak.wwise.core.${topic}`, options, (event) => events.push(event));
  return events;
}

function create(room: EngineRoom, name: string): Promise<JsonObject> {
  return room.call('object.create', { parent: home, type: 'Sound', name });
}

describe('the log', () => {
  it('keeps connections and refused calls in the channel waapi', () =>
    withEngine(async (room) => {
      const other = room.openSession();
      await room.refused('object.get', { waql: '$ "\\Nowhere"' });
      await room.refused('no.such.function');
      other.close();
      const { items } = await room.call('log.get', { channel: 'waapi' });
      const said = asJsonArray(items).map((item) => {
        const { severity, message } = asJsonObject(item);
        return `${String(severity)}: ${String(message)}`;
      });
      expect(said).toEqual([
        "Message: Opening session id '1'",
        "Message: Opening session id '2'",
        "Error: session id '1', ak.wwise.core.object.get: Object not found (3)",
        "Error: session id '1', ak.wwise.core.no.such.function: The procedure URI is unknown.",
        "Message: Closing session id '2'",
      ]);
    }));

  it('keeps channels apart, says who listens and can be cleared', () =>
    withEngine(async (room) => {
      const events = await hear(room, 'log.itemAdded');
      await room.call('log.addItem', { message: 'hello' });
      await room.call('log.addItem', {
        message: 'careful',
        severity: 'Warning',
        channel: 'soundbankGenerate',
      });
      const hello = { severity: 'Message', time: expect.any(Number), messageId: '', message: 'hello' };
      const careful = { ...hello, severity: 'Warning', message: 'careful' };
      expect(await room.call('log.get', { channel: 'general' })).toEqual({ items: [hello] });
      expect(await room.call('log.get', { channel: 'soundbankGenerate' })).toEqual({ items: [careful] });
      await room.call('ping');
      expect(events).toEqual([
        { channel: 'general', item: hello },
        { channel: 'soundbankGenerate', item: careful },
      ]);
      await room.call('log.clear');
      expect(await room.call('log.get', { channel: 'general' })).toEqual({ items: [] });
      expect(await room.call('log.get', { channel: 'soundbankGenerate' })).toEqual({ items: [careful] });
    }));

  it('names the files that could not be loaded', () =>
    withEngine(
      async (room) => {
        const { items } = await room.call('log.get', { channel: 'projectLoad' });
        expect(items).toEqual([
          expect.objectContaining({
            severity: 'Error',
            message: expect.stringMatching(/Events.Default Work Unit\.wwu: .*line \d+/),
          }),
        ]);
      },
      (dir) => {
        const projectPath = join(dir, 'Test', 'Test.wproj');
        freshProject(projectPath);
        writeFileSync(join(dir, 'Test', 'Events', 'Default Work Unit.wwu'), '<<<<<<< HEAD\n');
        return projectPath;
      },
    ));
});

describe('a transport', () => {
  it('plays, pauses and stops, and reports each change to those who watch it', () =>
    withEngine(async (room) => {
      const { id } = await create(room, 'Shot');
      const { transport } = await room.call('transport.create', { object: `${home}\\Shot`, gameObject: 7 });
      const { transport: other } = await room.call('transport.create', { object: String(id) });
      expect(await room.call('transport.getList')).toEqual({
        list: [
          { object: id, gameObject: 7, transport },
          { object: id, transport: other },
        ],
      });
      const events = await hear(room, 'transport.stateChanged', { transport: Number(transport) });
      const states: unknown[] = [];
      for (const action of ['pause', 'play', 'play', 'pause', 'playStop', 'playStop', 'stop']) {
        await room.call('transport.executeAction', { action, transport: Number(transport) });
        states.push((await room.call('transport.getState', { transport: Number(transport) })).state);
      }
      expect(states).toEqual(['stopped', 'playing', 'playing', 'paused', 'stopped', 'playing', 'stopped']);
      await room.call('ping');
      const reported = ['playing', 'paused', 'stopped', 'playing', 'stopped'];
      expect(events).toEqual(reported.map((state) => ({ transport, state, object: id, gameObject: 7 })));
      await room.call('transport.executeAction', { action: 'play' });
      expect(await room.call('transport.getState', { transport: Number(other) })).toEqual({
        state: 'playing',
      });
      await room.call('transport.destroy', { transport: Number(transport) });
      const error = await room.refused('transport.getState', { transport: Number(transport) });
      expect(error.message).toBe(`Transport ${transport} is unknown. There are ${other}.`);
      expect(await room.call('transport.useOriginals', { enable: true })).toEqual({});
      expect((await room.refused('transport.useOriginals', { enable: false })).uri).toBe(
        'ak.wwise.unavailable',
      );
    }));
});

describe('mute and solo', () => {
  it('are seen by queries, directly and by consequence, until they are reset', () =>
    withEngine(async (room) => {
      await room.call('object.create', {
        parent: home,
        type: 'PropertyContainer',
        name: 'Feet',
        children: [{ type: 'Sound', name: 'Left' }],
      });
      await create(room, 'Shot');
      const facts = async (path: string): Promise<string> => {
        const names = ['isExplicitMute', 'isImplicitMute', 'isExplicitSolo', 'isImplicitSolo'];
        const found = await room.call('object.get', { waql: `$ "${home}\\${path}"` }, { return: names });
        const row = asJsonObject(asJsonArray(found.return)[0]);
        return names.filter((name) => row[name] === true).join(' ');
      };
      await room.call('audio.mute', { objects: [`${home}\\Feet`], value: true });
      expect([await facts('Feet'), await facts('Feet\\Left'), await facts('Shot')]).toEqual([
        'isExplicitMute',
        'isImplicitMute',
        '',
      ]);
      await room.call('audio.resetMute');
      await room.call('audio.solo', { objects: [`${home}\\Feet\\Left`], value: true });
      expect([await facts('Feet'), await facts('Feet\\Left'), await facts('Shot')]).toEqual([
        'isImplicitSolo',
        'isExplicitSolo',
        'isImplicitMute',
      ]);
      await room.call('audio.resetSolo');
      expect(await facts('Shot')).toBe('');
      expect((await room.refused('audio.mute', { objects: ['\\Nowhere'], value: true })).message).toBe(
        'Object \\Nowhere is unknown.',
      );
    }));
});

describe('a Work Unit', () => {
  it('leaves memory and comes back as the file then is', () =>
    withEngine(async (room) => {
      await create(room, 'Shot');
      expect((await room.refused('workUnit.unload', { object: home })).message).toContain('unsaved changes');
      await room.call('project.save');
      await room.call('workUnit.unload', { object: home });
      expect(room.project.model.byPath(`${home}\\Shot`)).toBeUndefined();
      await room.call('workUnit.load', { object: home });
      expect(room.project.model.byPath(`${home}\\Shot`)?.type).toBe('Sound');
    }));
});

describe('console.project', () => {
  it('closes, creates and opens projects, reports on it and revokes what belonged to the one before', () =>
    withEngine(async (room) => {
      const first = room.project.filePath;
      const created = await hear(room, 'object.created');
      const course: string[] = [];
      for (const topic of ['project.preClosed', 'project.postClosed', 'project.loaded']) {
        await room.session.subscribe(`ak.wwise.core.${topic}`, {}, () => course.push(topic));
      }
      await create(room, 'Before');
      await room.call('ping');
      expect(created).toHaveLength(1);
      expect(await room.call('ak.wwise.console.project.close')).toEqual({ hadProjectOpen: true });
      expect(await room.call('ak.wwise.console.project.close')).toEqual({ hadProjectOpen: false });
      const error = await room.refused('object.get', { waql: '$ "\\Events"' });
      expect([error.uri, error.message]).toEqual(['ak.wwise.unavailable', 'No project is open.']);

      const path = join(room.dir, 'Second', 'Second.wproj');
      await room.call('ak.wwise.console.project.create', {
        path,
        platforms: [{ basePlatform: 'Android' }, { name: 'MyWindows', basePlatform: 'Windows' }],
        languages: ['Klingon'],
      });
      const info = await room.call('getProjectInfo');
      expect(info).toMatchObject({
        name: 'Second',
        platforms: [{ name: 'Android' }, { name: 'MyWindows', baseName: 'Windows' }],
      });
      await create(room, 'After');
      await room.call('ping');
      expect(created).toHaveLength(1);
      await room.call('ak.wwise.console.project.open', { path: first });
      expect((await room.call('getProjectInfo')).name).toBe('Test');
      await room.call('ping');
      const change = ['project.preClosed', 'project.postClosed', 'project.loaded'];
      expect(course).toEqual([...change, ...change]);
    }));

  it('keeps the open project when the other cannot be opened', () =>
    withEngine(async (room) => {
      await create(room, 'Unsaved');
      const missing = join(room.dir, 'Missing.wproj');
      const refused = await room.refused('ak.wwise.console.project.open', { path: missing });
      expect([refused.uri, refused.details]).toEqual(['ak.wwise.file_error', { files: [missing] }]);
      expect(room.project.model.byPath(`${home}\\Unsaved`)).toBeDefined();
      const odd = join(room.dir, 'One', 'Two.wproj');
      expect((await room.refused('ak.wwise.console.project.create', { path: odd })).message).toContain(
        'Two/Two.wproj',
      );
      expect((await room.refused('ak.wwise.console.project.open', { path: 'a.wproj' })).message).toBe(
        '"a.wproj" is not an absolute path.',
      );
    }));

  it('reads the same project anew, and never migrates one', () =>
    withEngine(async (room) => {
      await create(room, 'Unsaved');
      const path = room.project.filePath;
      await room.call('ak.wwise.console.project.open', { path, onMigrationRequired: 'migrate' });
      const found = await room.call('object.get', { waql: `$ "${home}" select children` });
      expect(found).toEqual({ return: [] });
      const old = readFileSync(path, 'utf8').replace('SchemaVersion="133"', 'SchemaVersion="110"');
      writeFileSync(path, old);
      const args = { path, onMigrationRequired: 'migrate' };
      const error = await room.refused('ak.wwise.console.project.open', args);
      expect([error.uri, error.details.schema]).toEqual(['ak.wwise.invalid_arguments', 110]);
    }));
});

describe('the codec of a Conversion', () => {
  it('is set for one platform, keeps the rest of the file, and can be undone to the byte', () =>
    withEngine(async (room) => {
      const file = join(dirname(room.project.filePath), 'Conversion Settings', 'Default Work Unit.wwu');
      const before = readFileSync(file, 'utf8');
      const conversion = '{6D1B890C-9826-4384-BF07-C15223E9FB56}';
      const args = { conversion, platform: 'Windows', plugin: 'Vorbis' };
      await room.call('audio.setConversionPlugin', args);
      await room.call('project.save');
      const lines = before.split('\n');
      const changed = readFileSync(file, 'utf8')
        .split('\n')
        .filter((line, at) => line !== lines[at]);
      const identity = 'PluginName="Vorbis" CompanyID="0" PluginID="4"/>';
      expect(changed).toEqual([expect.stringContaining(identity)]);
      await room.call('undo.undo');
      await room.call('project.save');
      expect(readFileSync(file, 'utf8')).toBe(before);
      const unknown = await room.refused('audio.setConversionPlugin', { ...args, plugin: 'Vorbs' });
      expect(unknown.details.candidates).toEqual(['Vorbis']);
      const odd = await room.refused('audio.setConversionPlugin', { ...args, platform: 'PS5' });
      expect(odd.details.known).toEqual(['Windows']);
    }));
});

describe('the Media Pool', () => {
  it('finds the files of the Originals by words and by what their headers say', () =>
    withEngine(async (room) => {
      const originals = room.project.originalsDir;
      writeTone(join(originals, 'SFX', 'Wind', 'Gust.wav'), { seconds: 2, channels: 2 });
      writeTone(join(originals, 'SFX', 'Shot.wav'), { seconds: 1 });
      const loop = Buffer.alloc(60);
      loop.writeUInt32LE(1, 28);
      loop.writeUInt32LE(10, 44);
      loop.writeUInt32LE(90, 48);
      const cues = Buffer.alloc(28);
      cues.writeUInt32LE(1, 0);
      cues.writeUInt32LE(5, 4);
      cues.writeUInt32LE(33, 24);
      const labels = Buffer.concat([
        Buffer.from('adtl'),
        chunk('labl', Buffer.concat([Buffer.from([5, 0, 0, 0]), Buffer.from('hit\0')])),
      ]);
      const format = formatChunk({ formatTag: 1, channels: 1, sampleRate: 8000, bitsPerSample: 16 });
      const parts = [format, chunk('smpl', loop), chunk('cue ', cues), chunk('LIST', labels)];
      writeFileSync(
        join(originals, 'SFX', 'Loop.wav'),
        waveBytes(...parts, chunk('data', Buffer.alloc(200))),
      );
      appendFileSync(join(originals, 'SFX', 'broken.wav'), 'text');

      const get = async (args: JsonObject, ...wanted: string[]): Promise<unknown> =>
        (await room.call('mediaPool.get', args, wanted.length === 0 ? {} : { return: wanted })).return;
      const field = (name: string, operator: string, value: string | number): JsonObject => ({
        filters: [{ type: 'field', field: name, operator, value }],
      });
      expect(await get({ searchText: 'wind gust' })).toEqual([
        {
          Path: join(originals, 'SFX', 'Wind', 'Gust.wav'),
          FileId: expect.stringMatching(/^\{[0-9A-F-]{36}\}$/),
          Db: { id: expect.stringMatching(/^\{[0-9A-F-]{36}\}$/), name: 'Project Originals' },
        },
      ]);
      expect(await get(field('WAV/Channels', 'equals', 2), 'Filename', 'WAV/Channel Configuration')).toEqual([
        { Filename: 'Gust.wav', 'WAV/Channel Configuration': '2.0' },
      ]);
      expect(await get(field('WAV/Duration', 'greaterThanOrEqual', 1), 'Filename')).toHaveLength(2);
      expect(await get(field('Filename', 'matchesRegex', '^s.*\\.WAV$'), 'Filename')).toEqual([
        { Filename: 'Shot.wav' },
      ]);
      expect(
        await get({ searchText: 'loop' }, 'WAV/Loop Start', 'WAV/Loop End', 'WAV/Samples', 'Markers'),
      ).toEqual([
        {
          'WAV/Loop Start': 10,
          'WAV/Loop End': 90,
          'WAV/Samples': 100,
          Markers: [{ position: 33, label: 'hit' }],
        },
      ]);
      expect(await get({ maxResults: 1, databases: ['\\Databases\\Project Originals'] })).toHaveLength(1);
      expect(asJsonArray((await room.call('mediaPool.getFields')).return)).toContain('WAV/Bit Depth');

      expect((await room.refused('mediaPool.get', { databases: ['\\Databases\\Other'] })).message).toBe(
        'Object \\Databases\\Other is unknown.',
      );
      const bySound = { filters: [{ type: 'audioDescription', value: 'wind' }] };
      expect((await room.refused('mediaPool.get', bySound)).uri).toBe('ak.wwise.unavailable');
      const unknown = await room.refused('mediaPool.get', field('WAV/Chanels', 'equals', 2));
      expect(unknown.details.candidates).toContain('WAV/Channels');
    }));
});

describe('what needs Wwise itself', () => {
  it('is refused as an instance without it refuses, and is not listed', () =>
    withEngine(async (room) => {
      const { functions } = await room.call('ak.wwise.waapi.getFunctions');
      for (const uri of [
        'ak.wwise.core.audio.convert',
        'ak.wwise.core.soundbank.generate',
        'ak.wwise.core.soundbank.convertExternalSources',
        'ak.wwise.core.executeLuaScript',
        'ak.wwise.core.profiler.startCapture',
        'ak.wwise.core.remote.connect',
        'ak.wwise.ui.bringToForeground',
        'ak.wwise.ui.getSelectedFiles',
        'ak.wwise.ui.captureScreen',
        'ak.wwise.debug.testCrash',
        'ak.soundengine.postEvent',
        // WwiseConsole lists it, though no document describes it.
        'ak.wwise.cli.generateSoundbank',
      ]) {
        const error = await room.refused(uri);
        expect([uri, error.uri, error.message]).toEqual([
          uri,
          'ak.wwise.unavailable',
          'Procedure not available for this type of Wwise instance.',
        ]);
        expect(functions).not.toContain(uri);
      }
    }));

  it('writes test tones that a WAVE reader understands', () =>
    withEngine(async (room) => {
      const path = join(room.dir, 'tones', 'beep.wav');
      await room.call('ak.wwise.debug.generateToneWAV', {
        ...{ path, channelConfig: '5.1', sampleRate: 8000, bitDepth: 'float32', waveform: 'triangle' },
        ...{ attackTime: 0.01, sustainTime: 0.08, releaseTime: 0.01, sustainLevel: -6, frequency: 100 },
        markers: [{ label: 'half', position: 0.05 }],
      });
      const wave = readWaveFacts(path);
      expect(wave).toMatchObject({ channels: 6, channelMask: 0x60f, sampleCount: 800, formatTag: 3 });
      expect(readWaveExtras(path).markers).toEqual([{ position: 400, label: 'half' }]);
      const error = await room.refused('ak.wwise.debug.generateToneWAV', { path: 'beep.wav' });
      const reserved = join(room.dir, 'con.wav');
      expect((await room.refused('ak.wwise.debug.generateToneWAV', { path: reserved })).message).toContain(
        'is a name that Windows keeps for itself (con)',
      );
      expect(existsSync(reserved)).toBe(false);
      expect(error.details.argumentName).toBe('path');
    }));

  it('checks a call without making it', () =>
    withEngine(async (room) => {
      const id = 'ak.wwise.core.object.delete';
      const check = (args: JsonObject) => room.call('ak.wwise.debug.validateCall', { id, args });
      expect(await check({ object: home })).toEqual({});
      await expect(check({ objct: home })).rejects.toThrow('Argument objct is unknown.');
      expect(room.project.model.byPath(home)).toBeDefined();
      expect(asString((await room.refused('ak.wwise.debug.validateCall', { id: 'x.y' })).uri)).toBe(
        'ak.wwise.invalid_arguments',
      );
    }));
});
