import { describe, expect, it } from 'vitest';
import {
  asJsonArray,
  asJsonObject,
  asString,
  type Json,
  type JsonObject,
} from '../../../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { writeEraProject } from '../../../harness/era-project.ts';

const home = '\\Containers\\Default Work Unit';

async function read(room: EngineRoom, path: string, ...expressions: string[]): Promise<JsonObject> {
  const result = await room.call('object.get', { waql: `$ "${path}"` }, { return: expressions });
  return asJsonObject(asJsonArray(result.return)[0]);
}

function childIds(built: JsonObject): Json[] {
  return asJsonArray(built.children).map((child) => asString(asJsonObject(child).id) ?? '');
}

describe('a program that lists objects where 2025.1 has slots', () => {
  it('plays the children of a Sequence Container in the order it gives', () =>
    withEngine(async (room) => {
      const sequence = await room.call('object.create', {
        ...{ parent: home, type: 'RandomSequenceContainer', name: 'Steps', '@RandomOrSequence': 0 },
        children: ['left', 'right'].map((name) => ({ type: 'Sound', name })),
      });
      const args = { object: asString(sequence.id) ?? '', '@Playlist': childIds(sequence).reverse() };
      await room.call('object.set', { objects: [args], listMode: 'replaceAll' });
      expect(await read(room, `${home}\\Steps`, '@Playlist.@PlaylistObject.name')).toEqual({
        '@Playlist.@PlaylistObject.name': ['right', 'left'],
      });
    }));

  it.each([123, 133] as const)('plays nothing that the container does not hold (schema %i)', (schema) =>
    withEngine(
      async (room) => {
        const parent = schema === 133 ? home : '\\Actor-Mixer Hierarchy\\Default Work Unit';
        const stranger = await room.call('object.create', { parent, type: 'Sound', name: 'Stranger' });
        const steps = await room.call('object.create', {
          ...{ parent, type: 'RandomSequenceContainer', name: 'Steps', '@RandomOrSequence': 0 },
          children: [{ type: 'Sound', name: 'left' }],
        });
        const object = asString(steps.id) ?? '';
        const playlist = [...childIds(steps), asString(stranger.id) ?? ''];
        const refused = await room.refused('object.set', { objects: [{ object, '@Playlist': playlist }] });
        expect([refused.uri, refused.message]).toEqual([
          'ak.wwise.invalid_reference',
          `The playlist of ${parent}\\Steps takes its own children; ${parent}\\Stranger is none of them.`,
        ]);
        // Nothing of the list is written.
        expect(await read(room, `${parent}\\Steps`, '@Playlist')).toEqual({ '@Playlist': [] });
      },
      (dir) => writeEraProject(dir, schema).projectPath,
    ),
  );

  it('switches music by State Groups given by their paths', () =>
    withEngine(async (room) => {
      const states = '\\States\\Default Work Unit';
      await room.call('object.create', {
        ...{ parent: states, type: 'StateGroup', name: 'Mood', children: [{ type: 'State', name: 'Calm' }] },
      });
      await room.call('object.set', {
        objects: [
          {
            object: home,
            children: [
              {
                ...{ type: 'MusicSwitchContainer', name: 'Score', '@Arguments': [`${states}\\Mood`] },
                '@Entries': [{ type: 'MultiSwitchEntry', name: '', '@EntryPath': [`${states}\\Mood\\Calm`] }],
              },
            ],
          },
        ],
      });
      expect(
        await read(
          room,
          `${home}\\Score`,
          '@Arguments.@Argument.name',
          '@Entries.first().@EntryPath.@EntryPathObject.name',
        ),
      ).toEqual({
        '@Arguments.@Argument.name': ['Mood'],
        '@Entries.first().@EntryPath.@EntryPathObject.name': ['Calm'],
      });
    }));

  it('learns that an effect needs its slot', () =>
    withEngine(async (room) => {
      const sound = await room.call('object.create', { parent: home, type: 'Sound', name: 'Wet' });
      const args = { object: asString(sound.id) ?? '', '@Effects': ['\\Effects\\Default Work Unit\\Room'] };
      expect((await room.refused('object.set', { objects: [args] })).uri).toBe('ak.wwise.invalid_arguments');
    }));
});
