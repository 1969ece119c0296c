import { readdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { newTempDir, tempDir } from '../../../harness/temp-dir.ts';
import { contentsOf } from '../../../harness/ten-file-save.ts';
import { startServer } from '../stdio/stdio-client.ts';

const home = '\\Containers\\Default Work Unit';
const base = tempDir('unsaved');

interface Place {
  readonly dir: string;
  readonly projectPath: string;
}

function newPlace(): Place {
  const dir = newTempDir('unsaved-one');
  const projectPath = join(dir, 'Game', 'Game.wproj');
  freshProject(projectPath);
  return { dir, projectPath };
}

/** One session: it begins, works and ends cleanly. */
function session<T>({ dir, projectPath }: Place, work: (room: McpRoom) => Promise<T>): Promise<T> {
  return withMcp(dir, ['--project', projectPath], work);
}

async function leaveUnsaved(place: Place, name: string): Promise<void> {
  await session(place, async ({ done }) => {
    await done('create_sound', { name, parentPath: home });
    await done('create_event', { name: `Play_${name}`, targetPath: `${home}\\${name}` });
  });
}

function kept(info: JsonObject): JsonObject[] {
  return asJsonArray(info.recoveries).map(asJsonObject);
}

describe('edits that nobody saved before a session ended', () => {
  it.each([
    [['--read-only'], false],
    [['--exclude-tools', 'project_recover'], false],
    [[], true],
  ])('are named with what can be done about them where it can: %j', async (options, isOffered) => {
    const place = newPlace();
    await leaveUnsaved(place, 'Boom');
    await withMcp(place.dir, ['--project', place.projectPath, ...options], async ({ call }) => {
      const { notices } = await call('project_info', {});
      expect(notices).toEqual([
        expect.stringContaining(
          isOffered ? 'project_recover shows, applies or discards' : 'can neither show, apply nor discard',
        ),
      ]);
    });
  });

  it('are kept, named once in the notices of the next one, and are in the project once applied', async () => {
    const place = newPlace();
    const before = contentsOf(place.projectPath);
    await leaveUnsaved(place, 'Boom');
    expect(contentsOf(place.projectPath)).toEqual(before);
    await session(place, async ({ call, done }) => {
      const first = await call('project_info', {});
      expect(first.notices).toEqual([expect.stringMatching(/ended with unsaved edits.*project_recover/)]);
      const info = await call('project_info', {});
      expect(info.notices).toBeUndefined();
      expect(kept(asJsonObject(info.data))).toEqual([
        { id: expect.any(String), writtenAt: expect.any(String), files: 2, objects: expect.any(Number) },
      ]);
      const look = await done('project_recover', {});
      const [recovery] = kept(look);
      expect(recovery?.files).toEqual([
        expect.objectContaining({ change: 'changed', onDisk: 'ready' }),
        expect.objectContaining({ change: 'changed', onDisk: 'ready' }),
      ]);
      expect(recovery?.objects).toContainEqual(
        expect.objectContaining({ path: `${home}\\Boom`, type: 'Sound', change: 'created' }),
      );
      expect(await call('get_object', { objectId: `${home}\\Boom` })).toMatchObject({ ok: false });
      const applied = await done('project_recover', { action: 'apply' });
      expect(applied).toMatchObject({ applied: recovery?.id, recoveries: [] });
      expect(asJsonArray(applied.savedFiles)).toHaveLength(2);
      expect(await done('get_object', { objectId: `${home}\\Boom` })).toMatchObject({ name: 'Boom' });
      expect(await done('project_info', {})).toMatchObject({ isDirty: false, recoveries: [] });
    });
    expect(JSON.stringify(contentsOf(place.projectPath))).toContain('Play_Boom');
    await session(place, async ({ call }) => {
      expect((await call('project_info', {})).notices).toBeUndefined();
    });
  });

  it('are refused by name, and kept, where a file changed since; and are gone once discarded', async () => {
    const place = newPlace();
    await leaveUnsaved(place, 'Boom');
    const file = join(dirname(place.projectPath), 'Events', 'Default Work Unit.wwu');
    writeFileSync(file, readFileSync(file, 'utf8').replace('<WorkUnit ', '<WorkUnit  '));
    const before = contentsOf(place.projectPath);
    await session(place, async ({ call, done }) => {
      const refused = await call('project_recover', { action: 'apply' });
      expect(refused).toMatchObject({ ok: false, code: 'FILE_CONFLICT', details: { files: [file] } });
      expect(contentsOf(place.projectPath)).toEqual(before);
      const [recovery] = kept(await done('project_recover', {}));
      expect(recovery?.files).toContainEqual({ path: file, change: 'changed', onDisk: 'conflict' });
      expect(await done('project_recover', { action: 'discard' })).toMatchObject({
        discarded: recovery?.id,
        recoveries: [],
      });
      expect(await call('project_recover', { action: 'apply' })).toMatchObject({ code: 'FILE_NOT_FOUND' });
    });
    expect(contentsOf(place.projectPath)).toEqual(before);
  });

  it('are written through no link that leads out of the project, and stay kept', async () => {
    const place = newPlace();
    await leaveUnsaved(place, 'Boom');
    const events = join(dirname(place.projectPath), 'Events');
    const outside = newTempDir('unsaved-outside');
    renameSync(events, join(outside, 'Events'));
    symlinkSync(join(outside, 'Events'), events);
    const file = join(outside, 'Events', 'Default Work Unit.wwu');
    const before = readFileSync(file);
    await session(place, async ({ call, done }) => {
      const refused = await call('project_recover', { action: 'apply' });
      expect(refused).toMatchObject({ ok: false, error: expect.stringContaining('leads through a link') });
      expect(kept(await done('project_recover', {}))).toHaveLength(1);
    });
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(join(outside, 'Events'))).toEqual(['Default Work Unit.wwu']);
  });

  it('are discarded by the name that was listed only, never by one that leads elsewhere', async () => {
    const place = newPlace();
    await leaveUnsaved(place, 'Boom');
    const recovery = join(place.dir, 'state', 'recovery');
    const victim = join(recovery, 'victim.json');
    writeFileSync(victim, '{}');
    const [folder = ''] = readdirSync(recovery).filter((name) => name !== 'victim.json');
    symlinkSync(victim, join(recovery, folder, 'link.json'));
    await session(place, async ({ call, done }) => {
      for (const id of ['../victim', victim.slice(0, -'.json'.length), 'link'])
        expect(await call('project_recover', { action: 'discard', recovery: id })).toMatchObject({
          ok: false,
          code: 'FILE_NOT_FOUND',
        });
      expect(kept(await done('project_recover', {}))).toHaveLength(1);
    });
    expect(readFileSync(victim, 'utf8')).toBe('{}');
  });

  it('of several sessions are all listed, and which one is meant must be said', async () => {
    const place = newPlace();
    await leaveUnsaved(place, 'One');
    await leaveUnsaved(place, 'Two');
    await session(place, async ({ call, done }) => {
      const all = kept(await done('project_info', {}));
      expect(all).toHaveLength(2);
      const ids = all.map(({ id }) => asString(id) ?? '');
      expect(await call('project_recover', { action: 'apply' })).toMatchObject({
        code: 'INVALID_INPUT',
        details: { candidates: ids },
      });
      await done('create_sound', { name: 'Three', parentPath: home });
      expect(await call('project_recover', { action: 'apply', recovery: ids[1] ?? '' })).toMatchObject({
        code: 'CONFIRMATION_REQUIRED',
      });
      await done('undo', {});
      await done('project_recover', { action: 'apply', recovery: ids[1] ?? '' });
      expect(await done('get_object', { objectId: `${home}\\Two` })).toMatchObject({ name: 'Two' });
      expect(await call('project_recover', { action: 'apply', recovery: ids[0] ?? '' })).toMatchObject({
        code: 'FILE_CONFLICT',
      });
    });
  });

  it('are readable by this user only', async () => {
    const place = newPlace();
    await leaveUnsaved(place, 'Boom');
    const root = join(place.dir, 'state', 'recovery');
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
    const modes = names.map((name) => statSync(join(root, name)).mode & 0o777);
    expect(modes.sort()).toEqual([0o600, 0o700].sort());
  });

  it('are kept too when the process of the server is asked to stop, or its client goes away', async () => {
    for (const end of ['SIGTERM', 'stdin'] as const) {
      const place = newPlace();
      const args = ['--project', place.projectPath, '--state', join(place.dir, 'state')];
      const client = await startServer('2025 (client 2.x)', args, base);
      await client.call('create_sound', { name: 'Boom', parentPath: home });
      if (end === 'SIGTERM') process.kill(client.pid, 'SIGTERM');
      await client.close();
      const again = await startServer('2025 (client 2.x)', args, base);
      const info = await again.call('project_info', {});
      expect([end, kept(asJsonObject(info.data)).length]).toEqual([end, 1]);
      await again.close();
    }
  });
});
