import { describe, expect, it } from 'vitest';
import { commands } from '../../tools/catalog.ts';
import { withProject } from '../harness/project.ts';
import { writeTone } from '../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';
const sound = `${home}\\A`;

describe('the number of WAAPI calls a command declares', () => {
  it('is what it takes, or one more', async () => {
    await withProject(async (room) => {
      const filePath = `${room.dir}/tone.wav`;
      writeTone(filePath);
      await room.done('project_info', {});
      const work: readonly (readonly [string, Record<string, string | number>])[] = [
        ['create_sound', { name: 'A', parentPath: home }],
        [
          'create_object',
          { type: 'Bus', name: 'SFX', parentPath: '\\Busses\\Default Work Unit\\Main Audio Bus' },
        ],
        ['audio_import', { filePath, objectId: sound }],
        ['audio_import', { filePath, parentPath: home, name: 'B' }],
        ['set_output_bus', { objectId: sound, busPath: 'Bus:SFX' }],
        ['set_property', { objectId: sound, property: 'Volume', value: -3 }],
        ['set_reference', { objectId: sound, reference: 'OutputBus', targetPath: 'Bus:SFX' }],
        ['create_event', { name: 'Play', parentPath: '\\Events\\Default Work Unit', targetPath: sound }],
        ['query_waql', { query: 'from type Sound' }],
        ['get_object', { objectId: sound }],
        ['project_info', {}],
        ['project_save', {}],
        ['delete_object', { objectId: `${home}\\B` }],
      ];
      const seen = new Set<string>();
      for (const [command, input] of work) {
        const before = room.bus.callCount;
        await room.done(command, input);
        const taken = room.bus.callCount - before;
        const declared = room.bus.find(command)?.waapiCalls ?? 1;
        expect([declared, declared - 1], `${command} took ${taken}`).toContain(taken);
        seen.add(command);
      }
      // The toolsets beyond these are counted in toolset-calls.test.ts and beside their commands.
      expect(commands.map(({ name }) => name)).toEqual(expect.arrayContaining([...seen]));
    });
  });
});
