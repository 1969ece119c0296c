import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WaapiBackend } from '../../../src/wwise/connection/backend.ts';
import { withProject } from '../../harness/project.ts';
import { writeTone } from '../../harness/wave.ts';

const parentPath = '\\Containers\\Default Work Unit';

describe('audio_import', () => {
  it('imports into an existing Sound', () =>
    withProject(async ({ done, dir }) => {
      const filePath = join(dir, 'Boom 01.wav');
      writeTone(filePath);
      const sound = await done('create_sound', { name: 'Boom', parentPath });
      const objectId = String(sound.id);
      const result = await done('audio_import', { filePath, objectId, originalsSubFolder: 'Weapons/Guns' });
      expect(result).toMatchObject({
        objectId,
        object: { id: objectId, name: 'Boom', type: 'Sound' },
        source: { type: 'AudioFileSource', path: `${parentPath}\\Boom\\Boom 01` },
        log: [],
      });
      const [original = ''] = result.files as readonly string[];
      expect(original).toBe(join(dir, 'project', 'Originals', 'SFX', 'Weapons', 'Guns', 'Boom 01.wav'));
      expect(readFileSync(original)).toEqual(readFileSync(filePath));
    }));

  it('makes a new Sound named after the file, or as asked', () =>
    withProject(async ({ done, dir }) => {
      writeTone(join(dir, 'boom.wav'));
      expect(await done('audio_import', { filePath: 'boom.wav', parentPath })).toMatchObject({
        object: { path: `${parentPath}\\boom`, type: 'Sound' },
      });
      expect(await done('audio_import', { filePath: 'boom.wav', parentPath, name: 'Bang' })).toMatchObject({
        object: { path: `${parentPath}\\Bang` },
      });
      const another = { filePath: 'boom.wav', parentPath, name: 'Bang', importOperation: 'createNew' };
      const { object } = await done('audio_import', another);
      expect(object).toMatchObject({ name: expect.stringMatching(/^Bang.*\d$/) });
      expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({ total: 3 });
    }));

  it('imports a voice in a language of the project', () =>
    withProject(async ({ done, refused, dir }) => {
      writeTone(join(dir, 'hello.wav'));
      const voice = await done('create_sound', { name: 'Hello', parentPath, voice: true });
      const input = { filePath: 'hello.wav', objectId: String(voice.id) };
      expect(await refused('audio_import', input)).toMatchObject({
        code: 'INVALID_INPUT',
        details: { languages: ['English(US)'] },
      });
      expect((await refused('audio_import', { ...input, language: 'English(UK)' })).error).toContain(
        '"English(US)"',
      );
      const { files } = await done('audio_import', { ...input, language: 'English(US)' });
      expect(files).toEqual([join(dir, 'project', 'Originals', 'Voices', 'English(US)', 'hello.wav')]);
    }));

  it.each([
    ['a missing file', 'FILE_NOT_FOUND', (dir: string) => join(dir, 'bom.wav')],
    ['a text file named .wav', 'FILE_UNREADABLE', (dir: string) => join(dir, 'text.wav')],
    ['a file cut in half', 'FILE_UNREADABLE', (dir: string) => join(dir, 'half.wav')],
    ['a folder', 'FILE_UNREADABLE', (dir: string) => join(dir, 'folder.wav')],
    ['a file elsewhere', 'PATH_NOT_ALLOWED', () => '/etc/hostname'],
    ['a link that leads elsewhere', 'PATH_NOT_ALLOWED', (dir: string) => join(dir, 'link.wav')],
  ])('refuses %s before Wwise is asked to change anything', (_what, code, pathIn) =>
    withProject(async ({ done, refused, dir }) => {
      writeTone(join(dir, 'boom.wav'));
      writeFileSync(join(dir, 'text.wav'), 'not audio at all');
      writeTone(join(dir, 'half.wav'));
      truncateSync(join(dir, 'half.wav'), 200);
      mkdirSync(join(dir, 'folder.wav'));
      symlinkSync('/etc/hostname', join(dir, 'link.wav'));
      const failure = await refused('audio_import', { filePath: pathIn(dir), parentPath });
      expect(failure.code).toBe(code);
      expect(await done('project_info', {})).toMatchObject({ isDirty: false });
    }),
  );

  it('refuses contradictions', () =>
    withProject(async ({ done, refused, dir }) => {
      writeTone(join(dir, 'boom.wav'));
      const filePath = 'boom.wav';
      const objectId = String((await done('create_object', { type: 'Folder', name: 'F', parentPath })).id);
      const contradictions = [
        { filePath },
        { filePath, objectId, parentPath },
        { filePath, objectId, name: 'X' },
        { filePath, objectId, importOperation: 'createNew' },
        { filePath, parentPath, originalsSubFolder: '..\\..\\x' },
        { filePath, parentPath, originalsSubFolder: '/etc' },
      ];
      for (const input of contradictions) {
        expect((await refused('audio_import', input)).code).toBe('INVALID_INPUT');
      }
      const folder = await refused('audio_import', { filePath, objectId });
      expect(folder).toMatchObject({ code: 'INVALID_INPUT', details: { object: { type: 'Folder' } } });
    }));

  it('never reports a file as imported that Wwise logged as failed', () => {
    const log = [{ severity: 'Error', message: 'Cannot open audio file.' }];
    const answer = (uri: string) =>
      uri === 'ak.wwise.core.audio.import' ? { objects: [], files: [], log } : undefined;
    return withProject(
      async ({ refused, dir }) => {
        writeTone(join(dir, 'boom.wav'));
        const failure = await refused('audio_import', { filePath: 'boom.wav', parentPath });
        expect(failure).toMatchObject({ code: 'IMPORT_FAILED', details: { log } });
        expect(failure.error).toContain('Cannot open audio file.');
      },
      { wire: (backend) => answering(backend, answer) },
    );
  });

  it('looks whether the Sound plays the file even when Wwise logs nothing', () =>
    withProject(
      async ({ done, refused, dir }) => {
        writeTone(join(dir, 'boom.wav'));
        const { id } = await done('create_sound', { name: 'Boom', parentPath });
        const failure = await refused('audio_import', { filePath: 'boom.wav', objectId: String(id) });
        expect(failure).toMatchObject({ code: 'IMPORT_FAILED', details: { sound: `${parentPath}\\Boom` } });
      },
      {
        wire: (backend) =>
          answering(backend, (uri) => (uri === 'ak.wwise.core.audio.import' ? {} : undefined)),
      },
    ));
});

/** A Wwise that gives these answers instead of doing what it was asked. */
function answering(
  backend: WaapiBackend,
  answer: (uri: string) => Awaited<ReturnType<WaapiBackend['call']>> | undefined,
): WaapiBackend {
  return { ...backend, call: async (uri, args, options) => answer(uri) ?? backend.call(uri, args, options) };
}
