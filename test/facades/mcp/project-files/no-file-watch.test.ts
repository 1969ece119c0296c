import fs, { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { freshProject } from '../../../harness/fresh-project.ts';
import { withMcp } from '../../../harness/mcp-room.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';

const { watch } = fs;

/** Real ones that report nothing, and fail when they are asked to; afterwards the system watches no more. */
function watchUntil(): { fail(): void } {
  const watchers: fs.FSWatcher[] = [];
  fs.watch = ((path: string) => {
    const watcher = watch(path, { persistent: false }, () => {});
    watchers.push(watcher);
    return watcher;
  }) as typeof watch;
  syncBuiltinESMExports();
  return {
    fail() {
      answerWatch('ENOSPC');
      expect(watchers.length).toBeGreaterThan(5);
      for (const watcher of watchers)
        watcher.emit('error', Object.assign(new Error('ENOSPC: watch'), { code: 'ENOSPC' }));
    },
  };
}

function answerWatch(code: string): void {
  fs.watch = () => {
    throw Object.assign(new Error(`${code}: watch`), { code });
  };
  syncBuiltinESMExports();
}

/** Only the clock stands; timers run. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  fs.watch = watch;
  syncBuiltinESMExports();
});

describe('files that others change where the system watches none', () => {
  it.each(['ENOSPC', 'EMFILE', 'ENOSYS'])(
    'are looked at before a read that is a second after the last look: %s',
    async (code) => {
      answerWatch(code);
      const dir = newTempDir('no-watch');
      const projectPath = join(dir, 'Game', 'Game.wproj');
      const unit = join(dir, 'Game', 'Containers', 'Default Work Unit.wwu');
      freshProject(projectPath);
      await withMcp(dir, ['--project', projectPath], async ({ call, done }) => {
        const parentPath = '\\Containers\\Default Work Unit';
        const notes = async () => (await call('get_object', { objectId: parentPath })).notices;
        await done('create_sound', { name: 'Boom', parentPath });
        await done('project_save', {});
        for (const [from, to] of [
          ['Boom', 'Bang'],
          ['Bang', 'Bong'],
        ] as const) {
          await notes();
          writeFileSync(unit, readFileSync(unit, 'utf8').replace(`"${from}"`, `"${to}"`));
          vi.setSystemTime(Date.now() + 999);
          // Nothing reported it, so what finds it below is the look.
          expect(await notes()).toBeUndefined();
          vi.setSystemTime(Date.now() + 1);
          expect(await notes()).toEqual([expect.stringContaining(`changed: ${unit}`)]);
          const query = `$ from type Sound where name = "${to}"`;
          expect(await done('query_waql', { query })).toMatchObject({ total: 1 });
        }
        rmSync(unit);
        vi.setSystemTime(Date.now() + 1_000);
        expect(await call('get_object', { objectId: `${parentPath}\\Bong` })).toMatchObject({
          code: 'OBJECT_NOT_FOUND',
          notices: [expect.stringContaining(`vanished: ${unit}`)],
        });
      });
      rmSync(dir, { recursive: true, force: true });
    },
  );

  it('are looked at when a watch fails later, and once a second from then on; nothing is said of what did not change', async () => {
    const system = watchUntil();
    const dir = newTempDir('failing-watch');
    const projectPath = join(dir, 'Game', 'Game.wproj');
    const unit = join(dir, 'Game', 'Containers', 'Default Work Unit.wwu');
    freshProject(projectPath);
    await withMcp(dir, ['--project', projectPath], async ({ call, done }) => {
      const parentPath = '\\Containers\\Default Work Unit';
      const notices = async () => (await call('get_object', { objectId: parentPath })).notices;
      const rename = (from: string, to: string): void =>
        writeFileSync(unit, readFileSync(unit, 'utf8').replace(`"${from}"`, `"${to}"`));
      await done('create_sound', { name: 'Boom', parentPath });
      await done('project_save', {});
      expect(await notices()).toBeUndefined();
      rename('Boom', 'Bang');
      expect(await notices()).toBeUndefined();
      system.fail();
      expect(await notices()).toEqual([expect.stringContaining(`changed: ${unit}`)]);
      expect(await notices()).toBeUndefined();
      rename('Bang', 'Bong');
      expect(await notices()).toBeUndefined();
      vi.setSystemTime(Date.now() + 1_000);
      expect(await notices()).toEqual([expect.stringContaining(`changed: ${unit}`)]);
      vi.setSystemTime(Date.now() + 1_000);
      expect(await notices()).toBeUndefined();
      await done('create_sound', { name: 'More', parentPath });
      await done('project_save', {});
      expect(readFileSync(unit, 'utf8')).toContain('"Bong"');
    });
    rmSync(dir, { recursive: true, force: true });
  });
});
