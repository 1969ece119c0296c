import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../src/app.ts';
import { createProject } from '../src/embedded/project/new-project/new-project.ts';
import { appIn } from './harness/app-in.ts';

describe('the program put together', () => {
  let dir = '';
  let projectPath = '';
  let apps: App[] = [];

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'wwiseflow-app-'));
    projectPath = join(dir, 'Game', 'Game.wproj');
    createProject(projectPath);
    apps = [];
  });
  afterEach(async () => {
    for (const app of apps) await app.close();
    rmSync(dir, { recursive: true, force: true });
  });

  function start(...argv: string[]): App {
    const given = argv.includes('--state') ? argv : [...argv, '--state', join(dir, 'state')];
    const app = appIn(dir, ['--project', projectPath, ...given]);
    apps.push(app);
    return app;
  }

  it('opens nothing before the first use', async () => {
    const [first, second] = [start(), start()];
    expect(first.toolNames.length).toBeGreaterThan(12);
    expect(existsSync(join(dir, 'state'))).toBe(false);
    // Neither holds the project: the second can be the one to open it.
    expect(await (await second.openBus()).dispatch('project_info', {})).toMatchObject({ ok: true });
    expect(existsSync(join(dir, 'state'))).toBe(true);
  });

  it('shares the project while it is in use and gives it free when it is closed', async () => {
    const [first, second] = [start(), start()];
    const parentPath = '\\Containers\\Default Work Unit';
    const bus = await second.openBus();
    expect(
      await (await first.openBus()).dispatch('create_sound', { name: 'Shared', parentPath }),
    ).toMatchObject({
      ok: true,
    });
    const seen = await bus.dispatch('query_waql', { query: '$ from type Sound' });
    expect(seen).toMatchObject({ ok: true, data: { objects: [{ name: 'Shared' }] } });
    await first.close();
    expect(await bus.dispatch('project_info', {})).toMatchObject({ ok: true });
  });

  it('says what is wrong with a state directory it cannot use, and works once it is repaired', async () => {
    const state = join(dir, 'taken');
    writeFileSync(state, 'a file where a directory should be');
    const app = start('--state', state);
    await expect(app.openBus()).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      hint: expect.stringContaining('--state'),
    });
    rmSync(state);
    mkdirSync(state);
    expect(await (await app.openBus()).dispatch('project_info', {})).toMatchObject({ ok: true });
  });

  it('keeps a command that is not offered out of workflows too', async () => {
    const app = start('--exclude-tools', 'delete_object');
    expect(app.toolNames).not.toContain('delete_object');
    const result = await (await app.openBus()).dispatch('delete_object', { objectId: '\\Containers' });
    expect(result).toMatchObject({ ok: false, code: 'UNKNOWN_COMMAND' });
  });

  it('refuses changes read-only, and changes to another project than the expected one', async () => {
    const sound = { name: 'Step', parentPath: '\\Containers\\Default Work Unit' };
    const readOnly = start('--read-only');
    expect(await (await readOnly.openBus()).dispatch('create_sound', sound)).toMatchObject({
      code: 'READ_ONLY',
    });
    await readOnly.close();
    const expecting = start('--expect-project', 'OtherGame');
    expect(await (await expecting.openBus()).dispatch('create_sound', sound)).toMatchObject({
      code: 'WRONG_PROJECT',
    });
  });

  it('remembers what was done over its own end', async () => {
    const sound = { name: 'Step', parentPath: '\\Containers\\Default Work Unit' };
    const first = start();
    const made = await (await first.openBus()).dispatch('create_sound', sound);
    await (await first.openBus()).dispatch('project_save', {});
    await first.close();
    const again = await (await start().openBus()).dispatch('create_sound', sound);
    expect(again).toMatchObject({ ok: true, memo: 'hit', data: made.data });
  });
});
