import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../harness/mcp-room.ts';
import { newTempDir } from '../../harness/temp-dir.ts';
import { writeTone } from '../../harness/wave.ts';

const top = '\\Containers\\Default Work Unit';
const parent = `${top}\\Steps`;
const inside = `${parent}\\Gravel`;
const main = '\\Busses\\Default Work Unit\\Main Audio Bus';

/** What the notices of an answer name: member and override, in the order of the overrides. */
const lacks = ({ notices }: JsonObject): readonly (string | undefined)[] =>
  (Array.isArray(notices) ? notices : []).map((text) =>
    /^(.*?) (?:of|have) .*?(Override\w+)/.exec(text)?.slice(1, 3).join(' < '),
  );

describe('values that what is above makes ineffective', () => {
  it('are named by a paste of all members, RTPCs and lists too, but not what was left out', () =>
    inProject(async (room) => {
      const paste = { source: `${top}\\Loud`, targets: [inside] };
      const answer = await room.call('paste_properties', paste);
      expect(lacks(answer).toSorted()).toEqual([
        'Effects < OverrideEffect',
        'GameAuxSendVolume < OverrideGameAuxSends',
        'OutputBus, The RTPC on OutputBusVolume < OverrideOutput',
        'Priority < OverridePriority',
      ]);
      expect(String(answer.notices)).toContain('set_property {"objectId":');
      const some = await room.call('paste_properties', {
        ...paste,
        except: ['OutputBus', 'GameAuxSendVolume'],
      });
      expect(lacks(some).toSorted()).toEqual([
        'Effects < OverrideEffect',
        'Priority < OverridePriority',
        'The RTPC on OutputBusVolume < OverrideOutput',
      ]);
      const onlyRtpcs = {
        uri: 'ak.wwise.core.object.pasteProperties',
        args: { ...paste, inclusion: ['RTPC'] },
      };
      expect(lacks(await room.call('waapi_call', onlyRtpcs))).toEqual([
        'The RTPC on OutputBusVolume < OverrideOutput',
      ]);
    }));

  it.each([
    ['copy_object', { objectId: `${top}\\Loud`, parentPath: parent }],
    ['move_object', { objects: [`${top}\\Loud`], parentPath: parent }],
    ['waapi_call', { uri: 'ak.wwise.core.object.copy', args: { object: `${top}\\Loud`, parent } }],
    ['move_object', { objects: [`${top}\\Box`], parentPath: parent }],
  ])('are named by %s of what was at the top, or lay there in a folder', (tool, args) =>
    inProject(async (room) => {
      if (JSON.stringify(args).includes('Box'))
        await room.done('move_object', { objects: [`${top}\\Loud`], parentPath: `${top}\\Box` });
      const answer = await room.call(tool, args);
      expect(answer.ok).toBe(true);
      expect(lacks(answer)).toContain('OutputBus, The RTPC on OutputBusVolume < OverrideOutput');
      expect(lacks(answer)).toHaveLength(4);
    }),
  );

  it('are named once for all by the answer of a run and by its preview', () =>
    inProject(async (room) => {
      await room.done('copy_object', { objectId: `${top}\\Loud`, parentPath: top, name: 'Loud2' });
      const move = { objects: [`${top}\\Loud`, `${top}\\Loud2`], parentPath: parent };
      const workflow = { nodes: [{ id: 'm', type: 'moveObject', data: move }], edges: [] };
      const preview = await room.done('workflow_run', { mode: 'preview', workflow });
      expect(String(preview.notices)).toContain('of 2 objects has no effect yet');
      const run = await room.call('workflow_run', { workflow });
      expect(String(run.notices)).toContain('of 2 objects has no effect yet');
    }));

  it('are named for what an import sets by columns', () =>
    inProject(async (room, dir) => {
      writeFileSync(
        join(dir, 'rows.txt'),
        `Audio File\tObject Path\tProperty[Priority]\n${join(dir, 'step.wav')}\t<Sound SFX>Row\t90\n`,
      );
      const rows = { filePath: join(dir, 'rows.txt'), importLocation: parent };
      expect(lacks(await room.call('import_tab_delimited', rows))).toEqual(['Priority < OverridePriority']);
    }));

  it('are none where the override is on, nothing is above, or nobody chose them', () =>
    inProject(async (room) => {
      const { objectId } = await room.done('copy_object', { objectId: `${top}\\Loud`, parentPath: top });
      for (const property of ['Output', 'Effect', 'GameAuxSends', 'Priority'])
        await room.done('set_property', {
          objectId: String(objectId),
          property: `Override${property}`,
          value: true,
        });
      for (const [tool, args] of [
        ['move_object', { objects: [String(objectId)], parentPath: parent }],
        ['copy_object', { objectId: inside, parentPath: parent }],
        ['move_object', { objects: [inside], parentPath: top }],
        ['paste_properties', { source: `${top}\\Loud`, targets: [`${top}\\Gravel`] }],
      ] as const)
        expect(await room.call(tool, args)).not.toHaveProperty('notices');
    }));
});

/** At the top a Sound with values that all have their effect there, and an empty folder; a container with a plain Sound. */
async function inProject(work: (room: McpRoom, dir: string) => Promise<void>): Promise<void> {
  const dir = newTempDir('by-place');
  const projectPath = join(dir, 'project', 'Test.wproj');
  freshProject(projectPath);
  writeTone(join(dir, 'step.wav'));
  try {
    await withMcp(dir, ['--project', projectPath], async (room) => {
      await room.done('create_object', { type: 'PropertyContainer', name: 'Steps', parentPath: top });
      await room.done('create_object', { type: 'Sound', name: 'Gravel', parentPath: parent });
      await room.done('create_object', { type: 'Folder', name: 'Box', parentPath: top });
      await room.done('create_object', { type: 'Bus', name: 'Sfx', parentPath: main });
      await room.done('create_object', {
        ...{ type: 'GameParameter', name: 'Speed', parentPath: '\\Game Parameters\\Default Work Unit' },
      });
      const loud = `${top}\\Loud`;
      await room.done('create_object', {
        ...{ type: 'Sound', name: 'Loud', parentPath: top },
        properties: { Priority: 90, GameAuxSendVolume: -3 },
      });
      const bus = { objectId: loud, reference: 'OutputBus', targetPath: 'Bus:Sfx' };
      await room.done('set_reference', bus);
      const points = [
        { x: 0, y: -6 },
        { x: 100, y: 0 },
      ];
      const rtpc = {
        objectId: loud,
        property: 'OutputBusVolume',
        gameParameter: 'GameParameter:Speed',
        points,
      };
      await room.done('set_rtpc', rtpc);
      await room.done('add_effect', { objectId: loud, plugin: 'Wwise Delay' });
      await room.done('set_property', { objectId: loud, property: 'OverrideEffect', value: false });
      await work(room, dir);
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
