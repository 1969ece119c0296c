import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type McpRoom, withMcp } from '../../harness/mcp-room.ts';
import { copySample, samplesDir } from '../../harness/sample-project.ts';

const containers = '\\Actor-Mixer Hierarchy\\Default Work Unit';
const music = '\\Interactive Music Hierarchy\\Default Work Unit\\Moods';

/** On a copy of a project that Wwise saved. */
async function onCopy(name: string, file: string, work: (room: McpRoom) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-former-'));
  try {
    await withMcp(dir, ['--project', join(copySample(name, dir), file)], work);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

describe.skipIf(!existsSync(samplesDir))('lists that were links before 2025.1', () => {
  it('are set and read in a project of 2024.1: playlist, groups and paths of a table', () =>
    onCopy('pywwise-2024.1', 'PyWwise.wproj', async ({ done }) => {
      const sequence = { kind: 'sequence', name: 'Order', parentPath: containers, sounds: ['A', 'B'] };
      await done('create_container', sequence);
      const items = ['B', 'A', 'B'];
      expect(await done('set_playlist', { container: `${containers}\\Order`, items })).toMatchObject({
        items: items.map((name) => ({ name })),
      });
      await done('create_state_group', { name: 'Mood', members: ['Calm', 'Tense'] });
      const [folder, name] = [music.slice(0, music.lastIndexOf('\\')), 'Moods'];
      await done('create_object', { type: 'MusicSwitchContainer', name, parentPath: folder });
      for (const segment of ['One', 'Two'])
        await done('create_object', { type: 'MusicSegment', name: segment, parentPath: music });
      const table = {
        groups: ['Mood'],
        entries: [
          { at: ['Calm'], child: 'One' },
          { at: ['*'], child: 'Two' },
        ],
      };
      const input = { objectId: music, groups: ['StateGroup:Mood'], entries: table.entries };
      expect(await done('set_music_switch', input)).toMatchObject(table);
      expect(await done('get_music', { objectId: music })).toMatchObject(table);
    }));

  it('are set in a project of 2022.1, where States have values too', () =>
    onCopy('gyms-2022.1', 'Gyms.wproj', async ({ done }) => {
      const sequence = { kind: 'sequence', name: 'Order', parentPath: containers, sounds: ['A', 'B'] };
      const { id } = await done('create_container', sequence);
      const items = ['B', 'A'];
      expect(await done('set_playlist', { container: id ?? '', items })).toMatchObject({
        items: items.map((name) => ({ name })),
      });
      await done('create_state_group', { name: 'Mood', members: ['Calm'] });
      const values = [{ state: 'Calm', values: { Volume: -6 } }];
      expect(
        await done('set_states', { objectId: id ?? '', stateGroups: ['StateGroup:Mood'], values }),
      ).toMatchObject({ values: [{ values: { Volume: -6 } }] });
    }));
});
