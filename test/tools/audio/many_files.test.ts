import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray } from '../../../src/core/json.ts';
import { withProject } from '../../harness/project.ts';
import { objects, withScriptedWwise } from '../../harness/scripted-wwise.ts';
import { writeTone } from '../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';

describe('import_files', () => {
  it('imports many files with one call and reports the result of each', () =>
    withProject(async ({ done, dir, waapi }) => {
      for (const name of ['a', 'b'])
        writeTone(join(dir, `${name}.wav`), { frequencyHz: name === 'a' ? 440 : 880 });
      writeFileSync(join(dir, 'c.wav'), 'no audio');
      await done('project_info', {});
      const before = waapi.callCount;
      const files = [
        { filePath: join(dir, 'a.wav') },
        { filePath: join(dir, 'c.wav') },
        { filePath: join(dir, 'gone.wav') },
        { filePath: join(dir, 'b.wav'), name: 'Bee' },
      ];
      expect(await done('import_files', { parentPath: home, files })).toMatchObject({
        imported: 2,
        failed: 2,
        results: [
          { ok: true, object: { name: 'a', type: 'Sound', path: `${home}\\a` } },
          { ok: false, object: null, error: expect.stringContaining('text file') },
          { ok: false, error: expect.stringContaining('No file') },
          { ok: true, object: { name: 'Bee' } },
        ],
      });
      expect(waapi.callCount - before).toBe(3);
      const again = { parentPath: home, files: files.slice(0, 1), importOperation: 'createNew' };
      const other = await done('import_files', again);
      expect(other.results).toMatchObject([{ ok: true }]);
    }));

  it('fails with the reason of each file when none was imported', () =>
    withProject(async ({ refused, done, dir }) => {
      writeFileSync(join(dir, 'text.wav'), 'no audio');
      const files = [{ filePath: join(dir, 'text.wav') }, { filePath: join(dir, 'gone.wav') }];
      expect(await refused('import_files', { parentPath: home, files })).toMatchObject({
        code: 'IMPORT_FAILED',
        error: expect.stringContaining('None of 2 files was imported'),
        details: {
          failed: 2,
          results: [
            { error: expect.stringContaining('text file') },
            { error: expect.stringContaining('No file') },
          ],
        },
      });
      expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({ total: 0 });
      const folder = { folderPath: dir, parentPath: home };
      expect(await refused('import_folder', folder)).toMatchObject({ code: 'IMPORT_FAILED' });
    }));

  it('warns that createNew makes the same Sounds once more when it is repeated', () =>
    withProject(async ({ done, dir }) => {
      writeTone(join(dir, 'a.wav'));
      const input = { parentPath: home, files: [{ filePath: join(dir, 'a.wav') }] };
      expect(await done('import_files', input)).toMatchObject({ notice: null });
      expect(await done('import_files', { ...input, importOperation: 'createNew' })).toMatchObject({
        imported: 1,
        notice: expect.stringContaining('Repeat with useExisting'),
      });
    }));

  it('lists failures first when not all results fit into an answer', () =>
    withProject(async ({ done, dir }) => {
      writeTone(join(dir, 'a.wav'));
      const good = Array.from({ length: 150 }, (_, at) => ({
        filePath: join(dir, 'a.wav'),
        name: `A long name for take number ${at}`,
      }));
      const files = [...good, { filePath: join(dir, 'gone.wav') }];
      const answer = await done('import_files', { parentPath: home, files });
      expect(answer).toMatchObject({ imported: 150, failed: 1 });
      expect(asJsonArray(answer.results).at(-1)).toMatchObject({ ok: false });
      expect(answer.notice).toMatch(/Listed successful results: \d+ of 150/);
      expect(JSON.stringify(answer).length).toBeLessThan(20_000);
    }));

  it('refuses an unknown language before anything is imported', () =>
    withProject(async ({ refused, dir }) => {
      writeTone(join(dir, 'a.wav'));
      const files = [{ filePath: join(dir, 'a.wav') }];
      expect(await refused('import_files', { parentPath: home, files, language: 'Klingon' })).toMatchObject({
        code: 'INVALID_INPUT',
      });
    }));
});

describe('import_folder', () => {
  it('turns directories into containers and files into Sounds', () =>
    withProject(async ({ done, refused, dir }) => {
      writeTone(join(dir, 'drop', 'Steps', 'Grass', 'g1.wav'));
      writeTone(join(dir, 'drop', 'Steps', 's1.wav'), { frequencyHz: 300 });
      writeTone(join(dir, 'drop', 'top.wav'), { frequencyHz: 500 });
      const input = { folderPath: join(dir, 'drop'), parentPath: home, directoriesAs: 'Random Container' };
      expect(await done('import_folder', { ...input, preview: true })).toMatchObject({
        total: 3,
        imported: 0,
        planned: [
          { objectPath: '<Random Container>Steps\\<Random Container>Grass\\g1' },
          {},
          { objectPath: 'top' },
        ],
      });
      expect(await done('import_folder', input)).toMatchObject({ imported: 3, failed: 0 });
      expect(await done('get_object', { objectId: `${home}\\Steps\\Grass\\g1` })).toMatchObject({
        type: 'Sound',
      });
      expect(await done('get_object', { objectId: `${home}\\Steps` })).toMatchObject({
        type: 'RandomSequenceContainer',
      });
      expect(
        await refused('import_folder', { folderPath: join(dir, 'project', 'Events'), parentPath: home }),
      ).toMatchObject({
        code: 'INVALID_INPUT',
      });
      expect(await refused('import_folder', { folderPath: '/', parentPath: home })).toMatchObject({
        code: 'PATH_NOT_ALLOWED',
      });
    }));
});

describe('replace_audio_by_name', () => {
  it('gives matching Sounds the new files and reports the rest', () =>
    withProject(async ({ done, dir }) => {
      writeTone(join(dir, 'old', 'Boom.wav'));
      await done('import_folder', { folderPath: join(dir, 'old'), parentPath: home });
      const box = { kind: 'random', name: 'Box', parentPath: home, sounds: ['Twice'] };
      await done('create_container', box);
      await done('create_sound', { name: 'Twice', parentPath: home });
      for (const name of ['boom', 'Twice', 'Nobody'])
        writeTone(join(dir, 'new', `${name}.wav`), { seconds: 0.2 });
      const input = { folderPath: join(dir, 'new'), root: home };
      expect(await done('replace_audio_by_name', { ...input, preview: true })).toMatchObject({
        imported: 0,
        results: [],
      });
      expect(await done('replace_audio_by_name', input)).toMatchObject({
        matched: [{ sound: `${home}\\Boom` }],
        unmatched: [join(dir, 'new', 'Nobody.wav')],
        ambiguous: [{ sounds: [expect.any(String), expect.any(String)] }],
        imported: 1,
        results: [{ ok: true, object: { name: 'Boom' } }],
      });
    }));
});

describe('replace_audio_by_name of a file in a folder of the Originals', () => {
  it('puts the new file where the old one was', () =>
    withProject(async ({ done, dir }) => {
      writeTone(join(dir, 'old', 'Guns', 'Shot.wav'));
      await done('import_folder', { folderPath: join(dir, 'old'), parentPath: home });
      writeTone(join(dir, 'new', 'Shot.wav'), { seconds: 0.2 });
      await done('replace_audio_by_name', { folderPath: join(dir, 'new'), root: home });
      expect(await done('audio_files_report', { show: 'used' })).toMatchObject({
        counts: { used: 1, unused: 0 },
        files: [{ file: join('SFX', 'Guns', 'Shot.wav') }],
      });
      expect(await done('audio_facts', { objectId: `${home}\\Guns\\Shot` })).toMatchObject({
        files: [{ durationSeconds: 0.2 }],
      });
    }));
});

describe('replace_audio_by_name without a match', () => {
  it('changes nothing, says so and names the nearest Sounds', () =>
    withProject(async ({ done, refused, dir }) => {
      await done('create_sound', { name: 'Footstep', parentPath: home });
      writeTone(join(dir, 'new', 'Footsteps.wav'));
      const input = { folderPath: join(dir, 'new'), root: home };
      expect(await done('replace_audio_by_name', input)).toMatchObject({
        imported: 0,
        unmatched: [join(dir, 'new', 'Footsteps.wav')],
        notice: expect.stringContaining('Footsteps.wav: Footstep'),
      });
      expect(await done('replace_audio_by_name', { ...input, preview: true })).toMatchObject({ matched: [] });
      const empty = { ...input, folderPath: join(dir, 'project', 'Events') };
      expect(await refused('replace_audio_by_name', empty)).toMatchObject({ code: 'INVALID_INPUT' });
    }));
});

describe('audio_files_report', () => {
  it('counts used, unused and missing originals', () =>
    withProject(async ({ done, dir }) => {
      writeTone(join(dir, 'a.wav'));
      writeTone(join(dir, 'b.wav'), { frequencyHz: 700 });
      const files = [{ filePath: join(dir, 'a.wav') }, { filePath: join(dir, 'b.wav') }];
      await done('import_files', { parentPath: home, files });
      const { originalsDir } = await done('project_info', {});
      writeTone(join(String(originalsDir), 'SFX', 'spare.wav'));
      rmSync(join(String(originalsDir), 'SFX', 'b.wav'));
      expect(await done('audio_files_report', {})).toMatchObject({
        counts: { used: 1, unused: 1, missing: 1 },
        files: [{ file: join('SFX', 'b.wav'), sources: [{ type: 'AudioFileSource' }] }],
        total: 1,
      });
      expect(await done('audio_files_report', { show: 'unused' })).toMatchObject({
        files: [{ file: join('SFX', 'spare.wav') }],
      });
    }));
});

describe('audio_facts and audio_peaks', () => {
  it('measure what a Sound plays', () =>
    withProject(async ({ done, refused, dir }) => {
      writeTone(join(dir, 'a.wav'), { seconds: 1 });
      await done('import_files', { parentPath: home, files: [{ filePath: join(dir, 'a.wav') }] });
      const { files } = await done('audio_facts', { objectId: home });
      expect(files).toMatchObject([
        {
          source: { type: 'AudioFileSource' },
          channels: 1,
          sampleRate: 8000,
          durationSeconds: 1,
          peakDb: expect.any(Number),
        },
      ]);
      const [first] = files as readonly { peakDb: number; rmsDb: number }[];
      expect(first?.peakDb).toBeCloseTo(-4.29, 1);
      expect(first?.rmsDb).toBeCloseTo(-7.3, 1);
      // A sine of 997 Hz on both sides is as loud in LUFS as its peak in dBFS.
      writeTone(join(dir, 'known.wav'), { frequencyHz: 997, sampleRate: 48_000, channels: 2, level: 2320 });
      const known = await done('audio_facts', { filePath: join(dir, 'known.wav') });
      const [of997] = known.files as readonly { integratedLufs: number; truePeakDb: number }[];
      expect(of997?.integratedLufs).toBeCloseTo(-23, 0);
      expect(of997?.truePeakDb).toBeCloseTo(-23, 0);
      expect(known.loudness).toMatchObject({ medianLufs: of997?.integratedLufs });
      const { peaks, peakDb } = await done('audio_peaks', { objectId: `${home}\\a`, numPeaks: 10 });
      expect(peaks).toHaveLength(10);
      expect(peakDb).toBeCloseTo(-4.29, 1);
      writeFileSync(join(dir, 'x.wav'), 'text');
      expect(await refused('audio_facts', { filePath: join(dir, 'x.wav') })).toMatchObject({
        code: 'FILE_UNREADABLE',
      });
      expect((await refused('audio_facts', {})).error).toContain('either objectId or filePath');
      expect(await refused('audio_peaks', { objectId: home })).toMatchObject({ code: expect.any(String) });
    }));
});

describe('import_tab_delimited', () => {
  it('imports row by row, and says which rows failed', () =>
    withProject(async ({ done, refused, dir }) => {
      writeTone(join(dir, 'a.wav'));
      const filePath = join(dir, 'list.txt');
      const rows = (...lines: readonly (readonly string[])[]) =>
        writeFileSync(filePath, lines.map((line) => line.join('\t')).join('\r\n'));
      const head = ['Audio File', 'Object Path', 'Property[Volume]'];
      rows(
        head,
        [join(dir, 'a.wav'), `${home}\\<Random Container>Steps\\A`, '-3'],
        [join(dir, 'gone.wav'), `${home}\\B`, '0'],
      );
      const { objects, log } = await done('import_tab_delimited', { filePath });
      expect(objects).toMatchObject([{ type: 'RandomSequenceContainer' }, {}, { type: 'Sound', name: 'A' }]);
      expect(log).toMatchObject([
        { severity: 'Error', message: expect.stringMatching(/list.txt:3: .*gone.wav/) },
      ]);
      expect(await done('query_waql', { query: '$ from type Sound', return: ['@Volume'] })).toMatchObject({
        objects: [{ '@Volume': -3 }],
        total: 1,
      });
      rows(head, [join(dir, 'gone.wav'), `${home}\\B`, '0']);
      const nothing = await refused('import_tab_delimited', { filePath });
      expect(nothing).toMatchObject({ code: 'IMPORT_FAILED', error: expect.stringContaining('gone.wav') });
      rows(['Audio', 'Path'], ['a.wav', 'x']);
      expect((await refused('import_tab_delimited', { filePath })).error).toContain(
        'Did you mean "Audio File"',
      );
    }));

  it('hands the file to Wwise and gives back the objects', () =>
    withScriptedWwise(
      {
        'ak.wwise.core.object.get': objects(
          { id: '{A}', name: 'Default Work Unit', type: 'WorkUnit', path: home },
          { id: '{B}', name: 'My SFX', type: 'Sound', path: `${home}\\My SFX` },
        ),
        'ak.wwise.core.audio.importTabDelimited': ({ args }) => ({
          objects:
            args.importLanguage === 'SFX'
              ? [{ id: '{B}', name: 'My SFX', type: 'Sound', path: `${home}\\My SFX` }]
              : [],
        }),
      },
      async ({ done, refused, dir, fake }) => {
        const filePath = join(dir, 'list.txt');
        writeFileSync(filePath, 'Audio File\tObject Path\n');
        expect(await done('import_tab_delimited', { filePath, importLocation: home })).toEqual({
          total: 1,
          objects: [{ id: '{B}', name: 'My SFX', type: 'Sound', path: `${home}\\My SFX` }],
          log: [],
          notice: null,
        });
        const sent = fake.calls.filter(({ uri }) => uri.endsWith('importTabDelimited'));
        expect(sent.at(-1)?.args).toEqual({
          importFile: filePath,
          importLanguage: 'SFX',
          importOperation: 'useExisting',
          importLocation: '{A}',
        });
        expect(await refused('import_tab_delimited', { filePath, language: 'German' })).toMatchObject({
          code: 'IMPORT_FAILED',
        });
      },
    ));
});
