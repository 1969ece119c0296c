import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { writeTone } from '../../../harness/wave.ts';

const outside = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-outside-')));
afterAll(() => rmSync(outside, { recursive: true, force: true }));

const home = '\\Containers\\Default Work Unit';

function place({ project }: EngineRoom, ...parts: string[]): string {
  return join(dirname(project.filePath), ...parts);
}

async function importedFiles(room: EngineRoom, audioFile: string, name: string): Promise<readonly string[]> {
  const { files, log } = await room.call('audio.import', {
    importOperation: 'useExisting',
    imports: [{ audioFile, objectPath: `${home}\\<Sound>${name}`, importLanguage: 'SFX' }],
  });
  expect(asJsonArray(log).map((item) => asJsonObject(item).message)).toEqual([]);
  return asJsonArray(files).map(String);
}

describe('Originals behind a symbolic link, as teams keep them on another disk', () => {
  it('take imports through the link, and name files below them as theirs', async () => {
    await withEngine(
      async (room) => {
        const elsewhere = join(outside, 'Originals');
        rmSync(place(room, 'Originals'), { recursive: true, force: true });
        mkdirSync(elsewhere);
        symlinkSync(elsewhere, place(room, 'Originals'));
        writeTone(join(outside, 'step.wav'));
        expect(await importedFiles(room, join(outside, 'step.wav'), 'Step')).toEqual([
          place(room, 'Originals', 'SFX', 'step.wav'),
        ]);
        expect(existsSync(join(elsewhere, 'SFX', 'step.wav'))).toBe(true);
        // Given by either of its names, a file that lies there is used where it is.
        writeTone(join(elsewhere, 'SFX', 'Sub', 'wind.wav'), { frequencyHz: 200 });
        await importedFiles(room, place(room, 'Originals', 'SFX', 'Sub', 'wind.wav'), 'Wind');
        await importedFiles(room, join(elsewhere, 'SFX', 'Sub', 'wind.wav'), 'Wind2');
        expect(existsSync(join(elsewhere, 'SFX', 'wind.wav'))).toBe(false);
        const { return: rows } = await room.call(
          'object.get',
          { waql: '$ from type AudioFileSource where originalRelativeFilePath = /wind/ orderby path' },
          { return: ['originalRelativeFilePath'] },
        );
        expect(rows).toEqual([
          { originalRelativeFilePath: 'SFX\\Sub\\wind.wav' },
          { originalRelativeFilePath: 'SFX\\Sub\\wind.wav' },
        ]);
      },
      undefined,
      { allowedDirs: [outside] },
    );
  });
});

describe('a directory that vanished while the project was open', () => {
  it('is reported by the save, with everything still in memory, and saved once it is back', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', { parent: home, type: 'Sound', name: 'A' });
      const away = join(outside, 'Containers');
      renameSync(place(room, 'Containers'), away);
      const error = await room.refused('project.save');
      expect(error).toMatchObject({
        uri: 'ak.wwise.file_error',
        details: { files: [place(room, 'Containers', 'Default Work Unit.wwu')] },
      });
      expect(room.project.model.byPath(`${home}\\A`)?.type).toBe('Sound');
      expect(existsSync(place(room, 'Containers'))).toBe(false);
      renameSync(away, place(room, 'Containers'));
      await room.call('project.save');
      expect(readFileSync(place(room, 'Containers', 'Default Work Unit.wwu'), 'utf8')).toContain('Name="A"');
    });
  });
});
