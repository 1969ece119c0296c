import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { writeTone } from '../../../harness/wave.ts';

/** `work` gets what reaches files in Originals\SFX; the project is committed to a new repository. */
function withRepository(
  work: (room: EngineRoom, sfx: (name: string) => string) => Promise<void>,
): Promise<void> {
  return withEngine(async (room) => {
    const root = dirname(room.project.filePath);
    const sfx = (name: string): string => join(room.project.originalsDir, 'SFX', name);
    writeTone(sfx('kept.wav'));
    git(root, 'init', '--quiet');
    git(root, 'config', 'user.name', 'Tester');
    git(root, 'config', 'user.email', 'tester@example.org');
    writeFileSync(join(root, '.gitignore'), '*.akd\n');
    git(root, 'add', '.');
    git(root, 'commit', '--quiet', '--message=first');
    await work(room, sfx);
  });
}

function git(directory: string, ...args: string[]): string {
  return execFileSync('git', ['-C', directory, ...args], { encoding: 'utf8' });
}

async function status(room: EngineRoom, ...files: string[]): Promise<unknown[]> {
  const { result, log } = await room.call('sourceControl.getStatus', { files });
  expect(log).toEqual([]);
  return asJsonArray(result).map((row) => asJsonObject(row).status);
}

describe('source control over git', () => {
  it('reports the status of each file asked for, in order', () =>
    withRepository(async (room, sfx) => {
      writeTone(sfx('new one.wav'));
      writeTone(sfx('added.wav'));
      writeFileSync(sfx('kept.akd'), 'cache');
      await room.call('sourceControl.add', { files: [sfx('added.wav')] });
      writeTone(sfx('kept.wav'), { frequencyHz: 880 });
      expect(
        await status(
          room,
          sfx('new one.wav'),
          sfx('kept.wav'),
          sfx('kept.akd'),
          room.project.filePath,
          sfx('added.wav'),
        ),
      ).toEqual(['not in source control', 'edit', 'ignored', 'normal', 'add']);
      expect(await status(room, 'SFX\\kept.wav')).toEqual(['edit']);
    }));

  it('adds, commits only what is asked for, moves, reverts and deletes', () =>
    withRepository(async (room, sfx) => {
      const root = dirname(room.project.filePath);
      writeTone(sfx('a.wav'));
      writeTone(sfx('b.wav'));
      const done = { log: [] };
      expect(await room.call('sourceControl.add', { files: [sfx('a.wav'), sfx('b.wav')] })).toEqual(done);
      expect(await room.call('sourceControl.commit', { files: [sfx('a.wav')], message: 'add a' })).toEqual(
        done,
      );
      expect(await status(room, sfx('a.wav'), sfx('b.wav'))).toEqual(['normal', 'add']);
      expect(git(root, 'log', '--format=%s', '-1').trim()).toBe('add a');
      const move = { files: [sfx('a.wav')], newFiles: [sfx('deep/c.wav')] };
      expect(await room.call('sourceControl.move', move)).toEqual(done);
      expect([existsSync(sfx('a.wav')), existsSync(sfx('deep/c.wav'))]).toEqual([false, true]);
      const reserved = { files: [sfx('deep/c.wav')], newFiles: [sfx('aux.wav')] };
      expect((await room.refused('sourceControl.move', reserved)).message).toContain(
        'keeps for itself (aux)',
      );
      expect(existsSync(sfx('deep/c.wav'))).toBe(true);
      writeTone(sfx('kept.wav'), { frequencyHz: 880 });
      expect(await room.call('sourceControl.revert', { files: [sfx('kept.wav')] })).toEqual(done);
      expect(await status(room, sfx('kept.wav'))).toEqual(['normal']);
      expect(await room.call('sourceControl.delete', { files: [sfx('kept.wav')] })).toEqual(done);
      expect(existsSync(sfx('kept.wav'))).toBe(false);
      expect(await status(room, sfx('kept.wav'))).toEqual(['delete']);
    }));

  it('logs what git refuses, and keeps away from files that are open here', () =>
    withRepository(async (room, sfx) => {
      writeTone(sfx('new.wav'));
      const { log } = await room.call('sourceControl.delete', { files: [sfx('new.wav')] });
      expect(log).toEqual([
        expect.objectContaining({ severity: 'Error', message: expect.stringContaining('did not match') }),
      ]);
      expect(existsSync(sfx('new.wav'))).toBe(true);
      expect(
        (await room.refused('sourceControl.delete', { files: [room.project.filePath] })).message,
      ).toContain('open in this instance');
      await room.call('undo.beginGroup', {});
      const within = await room.refused('sourceControl.revert', { files: [room.project.filePath] });
      expect(within.message).toContain('an undo group is open');
      await room.call('undo.cancelGroup', {});
      // Nothing is unsaved in it, and nothing was changed.
      expect(await room.call('sourceControl.revert', { files: [room.project.filePath] })).toEqual({
        log: [],
      });
      expect((await room.refused('sourceControl.getStatus', { files: ['/etc/hosts'] })).message).toContain(
        'is not in the git work tree',
      );
      expect(
        (await room.refused('sourceControl.commit', { files: [sfx('new.wav')], message: ' ' })).message,
      ).toBe('A commit needs a message.');
      const { log: checkOut } = await room.call('sourceControl.checkOut', { files: [sfx('kept.wav')] });
      expect(checkOut).toEqual([expect.objectContaining({ severity: 'Message' })]);
    }));

  it('says what to do where there is no git work tree, and can be switched off', () =>
    withEngine(async (room) => {
      const none = await room.refused('sourceControl.getStatus', { files: ['SFX\\a.wav'] });
      expect([none.uri, none.message]).toEqual([
        'ak.wwise.unavailable',
        expect.stringContaining('is not in a git work tree. Run "git init"'),
      ]);
      expect(await room.call('sourceControl.setProvider', { provider: 'None' })).toEqual({ log: [] });
      const off = await room.refused('sourceControl.getStatus', { files: ['SFX\\a.wav'] });
      expect(off.message).toContain('switched off');
      const other = await room.refused('sourceControl.setProvider', { provider: 'Perforce' });
      expect(other.details.candidates).toEqual(['Git', 'None']);
    }));
});

describe('the source files', () => {
  async function list(room: EngineRoom, args: JsonObject, ...wanted: string[]): Promise<unknown> {
    const options = wanted.length === 0 ? {} : { return: wanted };
    return (await room.call('sourceControl.getSourceFiles', args, options)).return;
  }

  it('are listed with who uses them, folder by folder, the missing ones too', () =>
    withEngine(async (room) => {
      const home = '\\Containers\\Default Work Unit';
      for (const name of ['used', 'gone']) {
        writeTone(join(room.dir, `${name}.wav`), { frequencyHz: name.length * 100 });
        const entry = { audioFile: join(room.dir, `${name}.wav`), objectPath: `${home}\\<Sound SFX>${name}` };
        await room.call('audio.import', { imports: [entry] });
      }
      const sfx = join(room.project.originalsDir, 'SFX');
      execFileSync('rm', [join(sfx, 'gone.wav')]);
      writeTone(join(sfx, 'Feet', 'spare.wav'));
      const usage = (name: string) => [{ id: expect.any(String), name }];
      expect(await list(room, {})).toEqual([
        { folder: 'SFX' },
        { folder: 'SFX\\Feet' },
        { file: 'SFX\\Feet\\spare.wav', isUsed: false, isMissing: false },
        { file: 'SFX\\used.wav', isUsed: true, isMissing: false, usage: usage('used') },
        { folder: 'Voices' },
        { folder: 'Voices\\English(US)' },
        { file: 'SFX\\gone.wav', isUsed: true, isMissing: true, usage: usage('gone') },
      ]);
      expect(await list(room, { filter: 'unused' }, 'file')).toEqual([{ file: 'SFX\\Feet\\spare.wav' }]);
      expect(await list(room, { folder: 'SFX', recursive: false, filter: 'used' }, 'file')).toEqual([
        { file: 'SFX\\used.wav' },
        { file: 'SFX\\gone.wav' },
      ]);
    }));
});
