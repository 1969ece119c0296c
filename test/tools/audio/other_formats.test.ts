import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encode, hasFfmpeg } from '../../harness/ffmpeg.ts';
import { withProject } from '../../harness/project.ts';
import { writeTone } from '../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';

describe.skipIf(!hasFfmpeg)('imports of other audio than WAVE files (need ffmpeg)', () => {
  it('audio_import keeps the name of the original, and a repetition is a hit', () =>
    withProject(async ({ done, dir }) => {
      writeTone(join(dir, 'tone.wav'));
      encode(join(dir, 'tone.wav'), join(dir, 'Rain.flac'));
      const input = { filePath: join(dir, 'Rain.flac'), parentPath: home };
      const { object, source, files } = await done('audio_import', input);
      expect(object).toMatchObject({ path: `${home}\\Rain` });
      expect(source).toMatchObject({ path: `${home}\\Rain\\Rain` });
      expect(files).toEqual([join(dir, 'project', 'Originals', 'SFX', 'Rain.wav')]);
      expect(await done('audio_import', input)).toMatchObject({ object });
      expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({ total: 1 });
      expect(readdirSync(dir).sort()).toEqual(['Rain.flac', 'project', 'tone.wav']);
    }));

  it('import_files reports each, and import_folder leaves previews beside WAVE files out', () =>
    withProject(async ({ done, dir }) => {
      const delivery = join(dir, 'delivery');
      mkdirSync(delivery);
      writeTone(join(delivery, 'a.wav'));
      encode(join(delivery, 'a.wav'), join(delivery, 'a.mp3'));
      encode(join(delivery, 'a.wav'), join(delivery, 'b.ogg'), '-c:a', 'libvorbis');
      writeFileSync(join(delivery, 'c.flac'), 'no audio');
      const files = ['b.ogg', 'c.flac'].map((name) => ({ filePath: join(delivery, name) }));
      expect(await done('import_files', { parentPath: home, files })).toMatchObject({
        results: [
          { ok: true, object: { name: 'b' } },
          { ok: false, error: expect.stringContaining('is a text file') },
        ],
      });
      const outcome = await done('import_folder', { folderPath: delivery, parentPath: home });
      expect(outcome).toMatchObject({ imported: 2, failed: 2 });
      expect(JSON.stringify(outcome.results)).toContain('a WAVE file, goes to the same Sound');
      expect(readdirSync(delivery).sort()).toEqual(['a.mp3', 'a.wav', 'b.ogg', 'c.flac']);
    }));

  it('import_tab_delimited converts what rows name, relative to the file', () =>
    withProject(async ({ done, dir }) => {
      writeTone(join(dir, 'tone.wav'));
      encode(join(dir, 'tone.wav'), join(dir, 'Wind.aiff'));
      const filePath = join(dir, 'table.txt');
      const rows = [`Wind.aiff\t${home}\\<Sound SFX>Wind`, `tone.wav\t${home}\\<Sound SFX>Tone`];
      writeFileSync(filePath, ['Audio File\tObject Path', ...rows].join('\r\n'));
      const { objects, log } = await done('import_tab_delimited', { filePath });
      expect(log).toEqual([]);
      expect(JSON.stringify(objects)).toContain('Wind');
      expect(existsSync(join(dir, 'project', 'Originals', 'SFX', 'Wind.wav'))).toBe(true);
      expect(readdirSync(dir).sort()).toEqual(['Wind.aiff', 'project', 'table.txt', 'tone.wav']);
    }));

  it('create_music_segment plays an MP3, as long as it is', () =>
    withProject(async ({ done, dir }) => {
      writeTone(join(dir, 'tone.wav'), { seconds: 2, sampleRate: 48_000 });
      encode(join(dir, 'tone.wav'), join(dir, 'Verse.mp3'));
      const { tracks } = await done('create_music_segment', {
        name: 'Verse',
        parentPath: home,
        tracks: [{ name: 'All', filePath: join(dir, 'Verse.mp3') }],
      });
      expect(tracks).toMatchObject([{ name: 'All', filePath: expect.stringMatching(/Verse\.wav$/) }]);
    }));
});
