import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonObject } from '../../src/core/json.ts';
import { compileWorkflow } from '../../src/workflow/compiler/compile.ts';
import { writeTone } from '../harness/wave.ts';
import { type WindowsRoom, withWindowsWwise } from '../harness/windows-wwise.ts';

const parentPath = '\\Containers\\Default Work Unit';
const importing = 'ak.wwise.core.audio.import';

function wav({ dir }: WindowsRoom, name = 'Step.wav', frequencyHz = 440): string {
  const path = join(dir, 'wavs', name);
  writeTone(path, { frequencyHz });
  return path;
}

describe('an agent on Linux and a Wwise on Windows that share a folder', () => {
  it('import a file, each by its own name for it', () =>
    withWindowsWwise(async (room) => {
      const filePath = wav(room);
      const { source } = await room.done('audio_import', { filePath, parentPath, name: 'Step' });
      expect(room.argumentsOf(importing)).toMatchObject([
        { imports: [{ audioFile: 'C:\\Project\\wavs\\Step.wav' }] },
      ]);
      const original = join(room.dir, 'Game', 'Originals', 'SFX', 'Step.wav');
      expect(source).toMatchObject({ filePath: original });
      expect(readFileSync(original)).toEqual(readFileSync(filePath));
    }));

  it('find that an import was done before, by the file that Wwise plays', () =>
    withWindowsWwise(async (room) => {
      const input = { filePath: wav(room), parentPath, name: 'Step' };
      expect(await room.bus.dispatch('audio_import', input)).toMatchObject({ ok: true, memo: 'miss' });
      expect(await room.bus.dispatch('audio_import', input)).toMatchObject({ ok: true, memo: 'hit' });
      writeTone(join(room.dir, 'Game', 'Originals', 'SFX', 'Step.wav'), { frequencyHz: 880 });
      expect(await room.bus.dispatch('audio_import', input)).toMatchObject({ ok: true, memo: 'stale' });
      expect(room.argumentsOf(importing)).toHaveLength(2);
    }));

  it('take an import back with its file, and restore one that it overwrote', () =>
    withWindowsWwise(async (room) => {
      const originals = join(room.dir, 'Game', 'Originals', 'SFX');
      await room.done('audio_import', { filePath: wav(room, 'Old.wav'), parentPath, name: 'Old' });
      const before = readFileSync(join(originals, 'Old.wav'));
      const nodes = [
        ['new', wav(room, 'New.wav', 220)],
        ['old', wav(room, 'Old.wav', 330)],
      ].map(([name, filePath]) => ({
        id: name,
        type: 'audio_import',
        data: { filePath, parentPath, name },
      }));
      const plan = compileWorkflow({ workflowId: 'w', nodes, edges: [] }, room.bus);
      const begun = await room.service.run({ plan, caller: 'test' });
      if (!begun.ok) throw new Error(begun.error);
      const { executionId, done } = begun.data;
      expect(await done).toMatchObject({ ok: true });
      expect(existsSync(join(originals, 'New.wav'))).toBe(true);
      const taken = await room.service.rollBack(executionId);
      expect(taken).toMatchObject({
        ok: true,
        data: {
          removedFiles: [join(originals, 'New.wav')],
          restoredFiles: [join(originals, 'Old.wav')],
        },
      });
      expect(readdirSync(originals)).toEqual(['Old.wav']);
      expect(readFileSync(join(originals, 'Old.wav'))).toEqual(before);
    }));

  it('preview a workflow on the project that is open in Wwise', () =>
    withWindowsWwise(async (room) => {
      const nodes = [{ id: 's', type: 'create_sound', data: { name: 'Step', parentPath } }];
      const plan = compileWorkflow({ workflowId: 'w', nodes, edges: [] }, room.bus);
      const preview = await room.service.preview({ plan, caller: 'test' });
      expect(preview).toMatchObject({ ok: true, data: { result: { ok: true } } });
      expect(room.argumentsOf('ak.wwise.core.object.create')).toEqual([]);
    }));

  it('import a spreadsheet whose audio files are named as the agent sees them, and leave no copy of it', () =>
    withWindowsWwise(async (room) => {
      const sheet = join(room.dir, 'sounds.txt');
      const rows = [
        'Audio File\tObject Path\tNotes',
        `${wav(room)}\t${parentPath}\\<Sound SFX>Step\ta or b`,
        '',
      ];
      writeFileSync(sheet, rows.join('\n'));
      const answer = await room.done('import_tab_delimited', { filePath: sheet });
      expect(answer.total).toBeGreaterThan(0);
      const [{ importFile } = {}] = room.argumentsOf('ak.wwise.core.audio.importTabDelimited');
      expect(String(importFile)).toMatch(/^C:\\Project\\\.wwiseflow-[-\w]+\.txt$/);
      expect(readdirSync(room.dir).sort()).toEqual(['Game', 'sounds.txt', 'wavs']);
    }));

  it('report which originals are used, by the paths of this machine', () =>
    withWindowsWwise(async (room) => {
      await room.done('audio_import', { filePath: wav(room), parentPath, name: 'Step' });
      expect(await room.done('audio_files_report', { show: 'used' })).toMatchObject({
        originalsDir: join(room.dir, 'Game', 'Originals'),
        counts: { used: 1, unused: 0, missing: 0 },
      });
      expect(await room.done('project_info', {})).toMatchObject({
        filePath: join(room.dir, 'Game', 'Game.wproj'),
      });
    }));

  it('take paths in the words of Wwise too', () =>
    withWindowsWwise(async (room) => {
      wav(room);
      const filePath = 'c:\\project\\wavs\\Step.wav';
      await room.done('audio_import', { filePath, parentPath, name: 'Step' });
      expect(await room.refused('audio_import', { filePath: 'D:\\Step.wav', parentPath })).toMatchObject({
        code: expect.stringMatching(/FILE_NOT_FOUND|PATH_NOT_ALLOWED/),
      });
    }));

  it('know the folder by its link as well', () =>
    withWindowsWwise(
      async (room) => {
        symlinkSync(room.dir, join(room.dir, 'link'));
        await room.done('audio_import', { filePath: wav(room), parentPath, name: 'Step' });
      },
      (dir) => ['--map-path', `${dir}/link=C:\\Wrong`, '--map-path', `${dir}=C:\\Project`],
    ));

  it('send nothing when a file has no name on the other side, and say which option gives it one', () =>
    withWindowsWwise(
      async (room) => {
        const refused = await room.refused('audio_import', { filePath: wav(room), parentPath, name: 'Step' });
        expect(refused).toMatchObject({
          code: 'FILE_UNREADABLE',
          hint: expect.stringContaining('--map-path'),
          details: { path: join(room.dir, 'wavs', 'Step.wav') },
        });
        expect(room.argumentsOf(importing)).toEqual([]);
        expect(await room.refused('audio_files_report', {})).toMatchObject({
          code: 'FILE_NOT_FOUND',
          hint: expect.stringContaining('--map-path'),
        });
        const raw = { uri: importing, args: { imports: [{ audioFile: wav(room), objectPath: 'x' }] } };
        expect((await room.refused('waapi_call', raw)).hint).toContain('--map-path');
        expect(room.argumentsOf(importing)).toEqual([]);
        expect(asJsonObject(await room.done('project_info', {})).filePath).toBe(
          'C:\\Project\\Game\\Game.wproj',
        );
      },
      () => [],
    ));
});
