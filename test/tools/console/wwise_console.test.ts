import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ProjectRoom, withProject } from '../../harness/project.ts';

// WwiseConsole itself is not here: a program of the same manners stands for it, in a process of its own.

/** A bus whose WwiseConsole is this script; it prints its arguments first. */
function withConsole({ dir, anotherBus }: ProjectRoom, script: string) {
  const consolePath = join(dir, 'WwiseConsole');
  const args = 'for (const arg of process.argv.slice(2)) console.log(arg);';
  writeFileSync(consolePath, `#!${process.execPath}\n${args}\n${script}\n`);
  chmodSync(consolePath, 0o755);
  return anotherBus({ consolePath });
}

describe.skipIf(process.platform === 'win32')('wwise_console', () => {
  it('generates SoundBanks with the documented arguments', () =>
    withProject(async (room) => {
      const bus = withConsole(room, "console.error('Warning: A is empty.'); process.exitCode = 2;");
      const input = { operation: 'generateSoundbanks', platforms: ['Windows'], soundbanks: ['A', 'B'] };
      expect(await bus.dispatch('wwise_console', input)).toMatchObject({
        ok: true,
        data: {
          warnings: true,
          problems: ['Warning: A is empty.'],
          tail: [
            'generate-soundbank',
            room.projectPath,
            ...['--platform', 'Windows', '--bank', 'A', 'B', '--verbose'],
          ],
          omitted: 0,
        },
      });
    }));

  it('keeps the problems and the last lines of a long output, and counts the rest', () =>
    withProject(async (room) => {
      const bus = withConsole(
        room,
        "console.log('Error: no such media'); for (let i = 0; i < 5000; i++) console.log('line ' + i); process.exitCode = 1;",
      );
      const failed = await bus.dispatch('wwise_console', { operation: 'verify' });
      expect(failed).toMatchObject({ code: 'WAAPI_ERROR', details: { exitCode: 1, omitted: 4983 } });
      expect(failed.error).toContain('verify failed: Error: no such media');
      expect(JSON.stringify(failed).length).toBeLessThan(4_000);
    }));

  it('ends the program when it is cancelled', () =>
    withProject(async (room) => {
      const bus = withConsole(room, 'setTimeout(() => {}, 600_000);');
      const signal = AbortSignal.timeout(500);
      expect(await bus.dispatch('wwise_console', { operation: 'verify' }, { signal })).toMatchObject({
        ok: false,
      });
    }));

  it('says that it is not installed, and refuses what an operation does not take', () =>
    withProject(async ({ refused, anotherBus, dir }) => {
      const unknown = await refused('wwise_console', { operation: 'verify' });
      expect(unknown).toMatchObject({
        code: 'FILE_NOT_FOUND',
        hint: expect.stringContaining('--wwise-console'),
      });
      const gone = await anotherBus({ consolePath: join(dir, 'gone') }).dispatch('wwise_console', {
        operation: 'verify',
      });
      expect(gone.error).toContain('gone');
      const wrong = { operation: 'verify', soundbanks: ['A'] };
      expect((await refused('wwise_console', wrong)).error).toContain('takes no soundbanks');
      const platform = await refused('wwise_console', { operation: 'verify', platforms: ['Windws'] });
      expect(platform.error).toContain('Windows');
    }));
});
