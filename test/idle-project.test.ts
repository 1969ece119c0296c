import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { appIn } from './harness/app-in.ts';
import { freshProject } from './harness/fresh-project.ts';
import { tempDir } from './harness/temp-dir.ts';

const parentPath = '\\Containers\\Default Work Unit';

describe('a project that nobody asks anything of', () => {
  const dir = tempDir('idle-project');
  const projectPath = join(dir, 'project', 'Test.wproj');
  freshProject(projectPath);
  const locks = () => readdirSync(dirname(projectPath)).filter((name) => name.endsWith('.lock'));

  it('is let go once nothing of it is unsaved, and is had again when somebody does', async () => {
    const app = appIn(dir, ['mcp', '--project', projectPath, '--state', join(dir, 'state')], {}, 200);
    const bus = await app.openBus();
    const ask = (name: string, input: object) => bus.dispatch(name, { ...input }, { caller: 'mcp' });
    expect(await ask('create_sound', { name: 'Kept', parentPath })).toMatchObject({ ok: true });
    await delay(1_000);
    expect(locks()).toHaveLength(1);
    expect(await ask('project_save', {})).toMatchObject({ ok: true });
    await expect.poll(locks).toEqual([]);
    // Many at once, as an agent asks.
    const again = await Promise.all(
      Array.from({ length: 8 }, () => ask('query_waql', { query: '$ where name = "Kept"' })),
    );
    for (const answer of again) expect(JSON.stringify(answer)).toContain('"Kept"');
    expect(locks()).toHaveLength(1);
    await expect.poll(locks).toEqual([]);
    expect(await ask('create_sound', { name: 'After', parentPath })).toMatchObject({ ok: true });
    await app.close();
  });
});
