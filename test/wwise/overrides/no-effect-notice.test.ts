import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../harness/mcp-room.ts';
import { newTempDir } from '../../harness/temp-dir.ts';
import { writeTone } from '../../harness/wave.ts';

const top = '\\Containers\\Default Work Unit';
const inside = `${top}\\Steps`;
const sound = `${inside}\\Gravel`;
const main = '\\Busses\\Default Work Unit\\Main Audio Bus';

describe('a value without effect', () => {
  it('is named with the override and the call that sets it, which then works', () =>
    inProject(async (room) => {
      const writes: [tool: string, input: JsonObject, override: string][] = [
        [
          'set_reference',
          { objectId: sound, reference: 'OutputBus', targetPath: 'Bus:Sfx' },
          'OverrideOutput',
        ],
        ['set_property', { objectId: sound, property: 'OutputBusVolume', value: -3 }, 'OverrideOutput'],
        [
          'set_reference',
          { objectId: sound, reference: 'Conversion', targetPath: 'Conversion:Vorbis' },
          'OverrideConversion',
        ],
        ['set_property', { objectId: sound, property: 'Priority', value: 90 }, 'OverridePriority'],
        ['set_property', { objectId: sound, property: 'MakeUpGain', value: 2 }, 'OverrideAnalysis'],
        ['set_property', { objectId: sound, property: 'HdrActiveRange', value: 6 }, 'OverrideHdrEnvelope'],
        ['set_property', { objectId: sound, property: 'CenterPercentage', value: 50 }, 'OverridePositioning'],
        ['set_property', { objectId: sound, property: 'Color', value: 3 }, 'OverrideColor'],
        [
          'set_reference',
          { objectId: sound, reference: 'UserAuxSend1', targetPath: 'AuxBus:Hall' },
          'OverrideUserAuxSends',
        ],
        [
          'set_reference',
          { objectId: sound, reference: 'ReflectionsAuxSend', targetPath: 'AuxBus:Hall' },
          'OverrideEarlyReflections',
        ],
        [
          'set_objects',
          { objects: [{ object: sound, properties: { UseGameAuxSends: true } }] },
          'OverrideGameAuxSends',
        ],
        [
          'set_many',
          { query: `$ "${sound}"`, properties: { MidiTrackingRootNote: 50 } },
          'OverrideMidiNoteTracking',
        ],
        [
          'set_property',
          { objectId: sound, property: 'MidiPlayOnNoteType', value: 2 },
          'OverrideMidiEventsBehavior',
        ],
        [
          'set_property',
          { objectId: sound, property: 'VirtualVoiceQueueBehavior', value: 2 },
          'OverrideVirtualVoice',
        ],
      ];
      for (const [tool, input, override] of writes) {
        const { ok, error, notices } = await room.call(tool, input);
        expect({ tool, input, ok, error }).toMatchObject({ ok: true });
        expect({ override, notices }).toEqual({
          override,
          notices: [expect.stringMatching(`has no effect yet: .*its ${override} is off`)],
        });
        const call = /set_property (\{.*\}) sets it/.exec(String(asJsonArray(notices)[0]))?.[1] ?? '{}';
        expect(JSON.parse(call)).toMatchObject({ property: override, value: true });
        expect(await room.call('set_property', JSON.parse(call))).not.toHaveProperty('notices');
        expect(await room.call(tool, input)).not.toHaveProperty('notices');
        await room.done('set_property', { objectId: sound, property: override, value: false });
      }
    }));

  it('goes unmentioned where there is nothing to override, or the same call overrides', () =>
    inProject(async (room) => {
      const quiet: [tool: string, input: JsonObject][] = [
        ['set_reference', { objectId: inside, reference: 'OutputBus', targetPath: 'Bus:Sfx' }],
        ['set_property', { objectId: sound, property: 'Volume', value: -3 }],
        ['set_output_bus', { objectId: sound, busPath: 'Bus:Sfx' }],
        ['add_effect', { objectId: sound, plugin: 'Wwise RoomVerb' }],
        ['add_effect', { objectId: 'Bus:Sfx', plugin: 'Wwise RoomVerb' }],
        ['set_aux_send', { objectId: sound, auxBus: 'AuxBus:Hall' }],
        ['set_aux_send', { objectId: 'Bus:Sfx', auxBus: 'AuxBus:Hall' }],
        [
          'set_objects',
          { objects: [{ object: sound, properties: { OverridePriority: true, Priority: 90 } }] },
        ],
        ['create_object', { type: 'Sound', name: 'Top', parentPath: top, properties: { Priority: 90 } }],
      ];
      for (const [tool, input] of quiet) {
        const { ok, error, notices } = await room.call(tool, input);
        expect({ tool, ok, error, notices }).toEqual({ tool, ok: true, error: null });
      }
    }));

  it('is seen through Work Units and folders between an object and what it inherits from', () =>
    inProject(async (room) => {
      await room.done('create_object', { type: 'PropertyContainer', name: 'All', parentPath: top });
      await room.done('create_object', { type: 'Folder', name: 'Some', parentPath: `${top}\\All` });
      const made = {
        type: 'Sound',
        name: 'Deep',
        parentPath: `${top}\\All\\Some`,
        properties: { Priority: 90 },
      };
      const { notices } = await room.call('create_object', made);
      expect(notices).toEqual([expect.stringContaining('OverridePriority')]);
    }));

  it('is named for created objects, RTPCs and States', () =>
    inProject(async (room) => {
      const made = await room.call('create_object', {
        type: 'Sound',
        name: 'Sand',
        parentPath: inside,
        properties: { Priority: 90 },
      });
      expect(made.notices).toEqual([
        expect.stringContaining('Priority of "\\Containers\\Default Work Unit\\Steps\\Sand"'),
      ]);
      await room.done('create_game_parameter', {
        name: 'Rpm',
        parentPath: '\\Game Parameters\\Default Work Unit',
        min: 0,
        max: 100,
      });
      const rtpc = await room.call('set_rtpc', {
        objectId: sound,
        property: 'OutputBusVolume',
        gameParameter: 'GameParameter:Rpm',
        points: [
          { x: 0, y: -10 },
          { x: 100, y: 0 },
        ],
      });
      expect(rtpc.notices).toEqual([expect.stringContaining('The RTPC on OutputBusVolume')]);
      await room.done('create_state_group', {
        name: 'Weather',
        parentPath: '\\States\\Default Work Unit',
        members: ['Rain'],
      });
      const states = await room.call('set_states', {
        objectId: sound,
        stateGroups: ['StateGroup:Weather'],
        properties: ['OutputBusVolume'],
      });
      expect(states.notices).toEqual([expect.stringContaining('What States make of OutputBusVolume')]);
    }));

  it('makes an Attenuation say what it still lacks', () =>
    inProject(async (room) => {
      await room.done('create_attenuation', {
        name: 'Far',
        parentPath: '\\Attenuations\\Default Work Unit',
        radiusMax: 100,
      });
      const { notices } = await room.call('set_reference', {
        objectId: sound,
        reference: 'Attenuation',
        targetPath: 'Attenuation:Far',
      });
      expect(notices).toEqual([
        expect.stringContaining('its OverridePositioning is off'),
        expect.stringContaining('acts by distance only: its 3DSpatialization is 0 (None)'),
      ]);
    }));

  it('is one notice for a whole workflow, for one query, and a word beside each change of its preview', () =>
    inProject(async (room) => {
      const nodes = [...Array(30).keys()].map((nth) => ({
        id: `n${nth}`,
        type: 'createObject',
        data: { type: 'Sound', name: `S${nth}`, parentPath: inside, properties: { Priority: 90 } },
      }));
      const preview = await room.done('workflow_run', { workflow: { nodes }, mode: 'preview' });
      expect(asJsonArray(preview.notices).filter((notice) => /effect/.test(String(notice)))).toEqual([
        expect.stringContaining('Priority of 30 objects has no effect yet'),
      ]);
      const objects = asJsonArray(preview.objects).map(asJsonObject);
      const made = objects.filter(({ change }) => change === 'created');
      expect(made.length).toBeGreaterThan(0);
      for (const { changes } of made)
        expect(changes).toContainEqual({
          property: 'Priority',
          old: null,
          new: 90,
          noEffectYet: 'OverridePriority',
        });
      const { data, notices } = await room.call('workflow_run', { workflow: { nodes } });
      expect(notices).toEqual([
        expect.stringContaining(
          'set_many with a query that finds them and properties {"OverridePriority":true} sets it.',
        ),
      ]);
      const plain = nodes.map((node) => ({
        ...node,
        data: { ...node.data, name: `P${node.data.name}`, properties: { Volume: -3 } },
      }));
      const { waapiCalls } = await room.done('workflow_run', { workflow: { nodes: plain } });
      expect(Number(asJsonObject(data).waapiCalls)).toBe(Number(waapiCalls) + 1);
    }));

  it('goes unmentioned when a later node of the workflow overrides', () =>
    inProject(async (room) => {
      const nodes = [
        {
          id: 'bus',
          type: 'setReference',
          data: { objectId: sound, reference: 'OutputBus', targetPath: 'Bus:Sfx' },
        },
        { id: 'on', type: 'setProperty', data: { objectId: sound, property: 'OverrideOutput', value: true } },
      ];
      expect(await room.call('workflow_run', { workflow: { nodes } })).not.toHaveProperty('notices');
    }));

  it('is named for the columns of an import file, and not where one of them sets the override', () =>
    inProject(async (room, dir) => {
      const rows = [
        ['Audio File', 'Object Path', 'Property[Priority]', '@CenterPercentage', '@OverridePositioning'],
        [join(dir, 'wavs', 'step.wav'), `${inside}\\<Sound SFX>Step`, '90', '50', 'True'],
      ];
      const filePath = join(dir, 'import.txt');
      writeFileSync(filePath, rows.map((cells) => cells.join('\t')).join('\n'));
      expect(await room.call('import_tab_delimited', { filePath })).toMatchObject({
        ok: true,
        notices: [expect.stringContaining('OverridePriority')],
      });
    }));

  it('is named for what an import sets, and on a memo hit too', () =>
    inProject(async (room, dir) => {
      const entry = {
        audioFile: join(dir, 'wavs', 'step.wav'),
        objectPath: `${inside}\\<Sound SFX>Step`,
        '@Priority': 90,
      };
      const imported = await room.call('waapi_call', {
        uri: 'ak.wwise.core.audio.import',
        args: { importOperation: 'useExisting', imports: [entry] },
      });
      expect(imported).toMatchObject({ ok: true, notices: [expect.stringContaining('OverridePriority')] });
      const input = { objectId: sound, property: 'Priority', value: 20 };
      await room.done('set_property', input);
      expect(await room.call('set_property', input)).toMatchObject({
        memo: 'hit',
        notices: [expect.stringContaining('OverridePriority')],
      });
    }));
});

async function inProject(work: (room: McpRoom, dir: string) => Promise<void>): Promise<void> {
  const dir = newTempDir('overrides');
  const projectPath = join(dir, 'project', 'Test.wproj');
  freshProject(projectPath);
  writeTone(join(dir, 'wavs', 'step.wav'));
  try {
    await withMcp(dir, ['--project', projectPath], async (room) => {
      await room.done('create_object', { type: 'RandomSequenceContainer', name: 'Steps', parentPath: top });
      await room.done('create_object', { type: 'Sound', name: 'Gravel', parentPath: inside });
      await room.done('create_object', { type: 'Bus', name: 'Sfx', parentPath: main });
      await room.done('create_object', { type: 'AuxBus', name: 'Hall', parentPath: main });
      await room.done('create_object', {
        type: 'Conversion',
        name: 'Vorbis',
        parentPath: '\\Conversion Settings\\Default Work Unit',
      });
      await work(room, dir);
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
