import { mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../harness/engine.ts';
import { makePipe, makeSocket } from '../harness/special-file.ts';
import { writeTone } from '../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';

/** What a function that takes the path of a file answers for this one: the message of its error, or of its log. */
const takers: readonly (readonly [string, (path: string, room: EngineRoom) => Promise<string>])[] = [
  [
    'audio.import',
    async (path, { call }) => logged(await call('audio.import', { imports: [entry(path)] }), 'log'),
  ],
  [
    'object.set',
    async (path, { call }) => {
      const children = [{ type: 'Sound', name: 'Set', import: { files: [{ audioFile: path }] } }];
      const args = { objects: [{ object: home, children }], onNameConflict: 'merge' };
      const [object] = asJsonArray((await call('object.set', args)).objects);
      const [child] = asJsonArray(asJsonObject(object).children);
      return logged(asJsonObject(asJsonObject(child).import), 'logs');
    },
  ],
  [
    'audio.importTabDelimited',
    async (path, { refused }) => {
      const args = { importFile: path, importLanguage: 'SFX', importOperation: 'useExisting' };
      return (await refused('audio.importTabDelimited', args)).message;
    },
  ],
  [
    'soundbank.processDefinitionFiles',
    async (path, { refused }) =>
      (await refused('soundbank.processDefinitionFiles', { files: [path] })).message,
  ],
];

describe('what is no file is never opened', () => {
  it('a folder, a named pipe, a socket or a device, by whatever function a client of Wwise names it', () =>
    withEngine(async (room) => {
      const at = (name: string): string => join(room.dir, name);
      mkdirSync(at('folder.wav'));
      symlinkSync('/dev/zero', at('device.wav'));
      const closePipe = makePipe(at('pipe.wav'));
      const closeMidi = makePipe(at('pipe.mid'));
      const closeSocket = await makeSocket(at('socket.wav'));
      try {
        const kinds = { folder: 'a folder', device: 'a device', pipe: 'a named pipe', socket: 'a socket' };
        for (const [uri, answerOf] of takers)
          for (const [name, kind] of Object.entries(kinds))
            expect(await answerOf(at(`${name}.wav`), room), `${uri} of ${kind}`).toContain(
              `is ${kind}, not a`,
            );
        const [, importing] = takers[0] ?? ['', async () => ''];
        expect(await importing(at('pipe.mid'), room)).toContain('is a named pipe, not a file');
      } finally {
        closePipe();
        closeMidi();
        await closeSocket();
      }
    }));

  it.runIf(process.platform === 'linux')('nor a file of /proc that has no end', () =>
    withEngine(async ({ refused }) => {
      const answer = await refused('soundbank.processDefinitionFiles', { files: ['/proc/self/pagemap'] });
      expect(answer).toMatchObject({ uri: 'ak.wwise.file_error' });
      expect(answer.message).toContain('is larger than');
    }),
  );

  it('not to be written to either', () =>
    withEngine(async ({ dir, refused }) => {
      const path = join(dir, 'tone.wav');
      const close = makePipe(path, 'reads');
      const answer = await refused('ak.wwise.debug.generateToneWAV', { path });
      close();
      expect(answer).toMatchObject({ uri: 'ak.wwise.file_error' });
      expect(answer.message).toContain('is a named pipe, not a file');
      expect(statSync(path).isFIFO()).toBe(true);
    }));

  it('not as a project', () =>
    withEngine(async ({ dir, project, refused, call }) => {
      const path = join(dir, 'Pipe.wproj');
      for (const onMigrationRequired of ['fail', 'migrate']) {
        const close = makePipe(path);
        const answer = await refused('ak.wwise.console.project.open', { path, onMigrationRequired });
        close();
        rmSync(path);
        expect(answer).toMatchObject({ uri: 'ak.wwise.file_error' });
        expect(answer.message).toContain('is a named pipe, not a file');
      }
      expect(await call('getProjectInfo')).toMatchObject({ path: project.filePath });
    }));

  it('not in the place of a file of the project that is to be saved, which then stays as it is', () =>
    withEngine(async ({ project, refused, call }) => {
      await call('object.create', { parent: home, type: 'Sound', name: 'Unsaved' });
      const unit = project.files.find(({ filePath }) =>
        filePath.endsWith('Containers/Default Work Unit.wwu'),
      );
      const path = unit?.filePath ?? '';
      renameSync(path, `${path}.was`);
      const close = makePipe(path);
      const answer = await refused('project.save');
      close();
      expect(answer.message).toMatch(/changed on disk/);
      expect(statSync(path).isFIFO()).toBe(true);
      expect(readFileSync(`${path}.was`, 'utf8')).not.toContain('Unsaved');
    }));

  it('not among the Originals, where it is neither read nor replaced', () =>
    withEngine(async ({ dir, project, call, refused }) => {
      const wave = join(dir, 'step.wav');
      writeTone(wave);
      const imported = await call('audio.import', { imports: [entry(wave)] });
      const [source] = asJsonArray(
        (await call('object.get', { waql: '$ from type AudioFileSource' }, { return: ['id'] })).return,
      );
      expect(imported).toMatchObject({ log: [] });
      const original = join(project.originalsDir, 'SFX', 'step.wav');
      rmSync(original);
      const close = makePipe(original);
      const peaks = await refused('audioSourcePeaks.getMinMaxPeaksInTrimmedRegion', {
        object: asString(asJsonObject(source).id) ?? '',
        numPeaks: 1,
      });
      expect(peaks.message).toContain('is a named pipe, not a WAVE file');
      writeTone(wave, { seconds: 0.1 });
      const again = await call('audio.import', {
        importOperation: 'replaceExisting',
        imports: [entry(wave)],
      });
      close();
      expect(logged(again, 'log')).toContain('is in the way of the original');
      expect(statSync(original).isFIFO()).toBe(true);
    }));
});

function entry(audioFile: string): JsonObject {
  return { audioFile, objectPath: `${home}\\<Sound>Imported`, importLanguage: 'SFX' };
}

function logged(answer: JsonObject, member: 'log' | 'logs'): string {
  return asJsonArray(answer[member])
    .map((line) => asString(asJsonObject(line).message))
    .join('\n');
}
