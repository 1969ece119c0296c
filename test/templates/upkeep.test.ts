import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../src/core/json.ts';
import { hasFfmpeg } from '../harness/ffmpeg.ts';
import { writeTone } from '../harness/wave.ts';
import { withTemplates } from './template-room.ts';

const steps = '\\Containers\\Default Work Unit\\Foot Steps';

describe('a template for the upkeep of a project', () => {
  it('shows new names, renames when somebody agrees, and leaves all as it is when not', async () => {
    await withTemplates(async ({ done, asked, saved }) => {
      const containers = '\\Containers\\Default Work Unit';
      await done('create_container', {
        kind: 'random',
        name: 'Foot Steps',
        parentPath: containers,
        sounds: ['a', 'b x'],
      });
      await asked('rename-to-convention', { under: steps }, ['no']);
      expect((await done('get_object', { objectId: `${steps}\\a` })).name).toBe('a');
      await asked('rename-to-convention', { under: steps }, ['yes']);
      expect(saved('Containers')).toMatch(/<Sound Name="foot_steps_01"[\s\S]*<Sound Name="foot_steps_02"/);
    });
  });

  it.runIf(hasFfmpeg)(
    'brings Sounds to one loudness, and leaves their former files in the Originals',
    async () => {
      await withTemplates(
        async ({ dir, done, ran, originals }) => {
          const levels = { Quiet: 2_000, Loud: 30_000, Fit: 3_277 };
          for (const [name, level] of Object.entries(levels))
            writeTone(join(dir, `in/${name}.wav`), {
              seconds: 1.5,
              sampleRate: 48_000,
              frequencyHz: 997,
              level,
            });
          const parentPath = '\\Containers\\Default Work Unit';
          await done('import_folder', { folderPath: join(dir, 'in'), parentPath });
          await done('project_save', {});
          const before = readFileSync(join(dir, 'Game/Originals/SFX/Loud.wav'));
          await ran('loudness-normalise', {
            under: parentPath,
            workFolder: join(dir, 'work'),
            targetLufs: -23,
          });
          const { files } = await done('audio_facts', { objectId: parentPath });
          for (const file of asJsonArray(files).map(asJsonObject)) {
            expect(Math.abs(Number(file.integratedLufs) + 23), String(file.filePath)).toBeLessThan(0.35);
            expect(Number(file.truePeakDb)).toBeLessThan(-1);
          }
          expect(originals()).toEqual(
            expect.arrayContaining(['SFX/Loud.wav', 'SFX/Normalised/Loud.wav', 'SFX/Normalised/Quiet.wav']),
          );
          expect(originals()).not.toContain('SFX/Normalised/Fit.wav');
          expect(readFileSync(join(dir, 'Game/Originals/SFX/Loud.wav')).equals(before)).toBe(true);
        },
        () => ['--allow-program', 'ffmpeg'],
      );
    },
  );

  it('moves Originals that nothing plays out of the way when somebody agrees, and only once all is saved', async () => {
    await withTemplates(async ({ dir, done, made, asked, originals }) => {
      for (const name of ['Played', 'Old', 'Keep']) writeTone(join(dir, `in/${name}.wav`));
      const parentPath = '\\Containers\\Default Work Unit';
      const files = ['Played', 'Old', 'Keep'].map((name) => ({ filePath: join(dir, `in/${name}.wav`) }));
      await done('import_files', { parentPath, files, originalsSubFolder: 'Doors' });
      await done('project_save', {});
      await done('delete_object', { objectIds: ['Sound:Old', 'Sound:Keep'] });
      const input = { moveTo: join(dir, 'away'), keep: 'Keep' };
      const workflow = await made('remove-unused-originals', input);
      await expect(done('workflow_run', { workflow })).rejects.toThrow('changes that are not saved');
      await done('project_save', {});
      await asked('remove-unused-originals', input, ['no']);
      expect(originals()).toContain('SFX/Doors/Old.wav');
      await asked('remove-unused-originals', input, ['yes']);
      expect(originals()).toEqual(['SFX/Doors/Keep.wav', 'SFX/Doors/Played.wav']);
      expect(existsSync(join(dir, 'away/SFX/Doors/Old.wav'))).toBe(true);
      expect((await done('audio_files_report', {})).counts).toMatchObject({ missing: 0, unused: 1 });
    });
  });

  it('writes the findings of a night as CSV, and fails where there are errors', async () => {
    await withTemplates(async ({ dir, done, made, ran }) => {
      const report = join(dir, 'reports/lint.csv');
      await ran('nightly-lint', { report });
      expect(readFileSync(report, 'utf8')).toMatch(/^severity,rule,type,path,message\r?\n/);
      const events = '\\Events\\Default Work Unit';
      await done('create_object', { type: 'Event', name: 'Play_Nothing', parentPath: events });
      await done('create_sound', { name: 'Gone', parentPath: '\\Containers\\Default Work Unit' });
      writeTone(join(dir, 'Gone.wav'));
      await done('audio_import', { filePath: join(dir, 'Gone.wav'), objectId: 'Sound:Gone' });
      const { rmSync } = await import('node:fs');
      rmSync(join(dir, 'Game/Originals/SFX/Gone.wav'));
      const workflow = await made('nightly-lint', { report });
      await expect(done('workflow_run', { workflow })).rejects.toThrow(/errors, the first: .*Gone/);
      expect(existsSync(report)).toBe(true);
      expect(readFileSync(report, 'utf8')).toMatch(/error,missingAudio,\w+,[^\n]*Gone/);
      expect(readFileSync(report, 'utf8')).toMatch(/emptyEvents,Event,[^\n]*Play_Nothing/);
    });
  });
});
