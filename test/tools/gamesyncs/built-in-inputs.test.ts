import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asString } from '../../../src/core/json.ts';
import { withEngine } from '../../harness/engine.ts';
import { type ProjectRoom, withProject } from '../../harness/project.ts';

const home = '\\Containers\\Default Work Unit';
const wind = `${home}\\Wind`;
const velocity = { id: '{B618CC3D-04FA-4149-A36B-37B8A1F2B642}', name: 'MIDI note velocity' };
const points = [
  { x: 0, y: -20 },
  { x: 127, y: 0 },
];

function fileOf({ projectPath }: ProjectRoom): string {
  return join(dirname(projectPath), 'Containers', 'Default Work Unit.wwu');
}

async function windDrivenBy(room: ProjectRoom, gameParameter: string) {
  await room.done('create_sound', { name: 'Wind', parentPath: home });
  return room.done('set_rtpc', { objectId: wind, property: 'Volume', gameParameter, points });
}

describe('the velocity of MIDI notes, which no file of a project defines', () => {
  it.each(['MidiParameter:MIDI note velocity', 'MIDI note velocity', velocity.id, '\\midi note velocity'])(
    'drives a property when it is named %s, as Wwise writes it',
    (named) =>
      withProject(async (room) => {
        expect(await windDrivenBy(room, named)).toMatchObject({ rtpc: { controlInput: velocity } });
        expect(await room.done('list_rtpcs', { objectId: wind })).toMatchObject({
          rtpcs: [{ property: 'Volume', controlInput: velocity }],
        });
        expect(await room.done('project_lint', { rules: ['brokenReferences'] })).toMatchObject({
          findings: [],
        });
        await room.done('project_save', {});
        expect(readFileSync(fileOf(room), 'utf8')).toContain(
          `<ObjectRef Name="MIDI note velocity" ID="${velocity.id}"/>`,
        );
      }),
  );

  it('is found by id, has its short id and is referred to by what it drives', () =>
    withProject(async (room) => {
      await windDrivenBy(room, velocity.id);
      const { objects } = await room.done('query_waql', {
        query: `"${velocity.id}"`,
        return: ['name', 'type', 'shortId', 'path'],
      });
      expect(objects).toEqual([
        expect.objectContaining({ name: velocity.name, type: 'MidiParameter', shortId: 129 }),
      ]);
      const referrers = await room.done('query_waql', {
        query: `"${velocity.id}" select referencesTo`,
        return: ['type'],
      });
      expect(referrers.objects).toEqual([expect.objectContaining({ type: 'RTPC' })]);
    }));

  it('cannot be renamed, deleted, moved, copied or changed', () =>
    withEngine(async ({ refused, call }) => {
      const object = velocity.id;
      const rooms = { parent: '\\Game Parameters\\Default Work Unit' };
      for (const [uri, args] of [
        ['object.setName', { object, value: 'Mine' }],
        ['object.delete', { object }],
        ['object.setNotes', { object, value: 'x' }],
        ['object.move', { object, ...rooms }],
        ['object.copy', { object, ...rooms }],
      ] as const)
        expect((await refused(uri, args)).uri, uri).toBe('ak.wwise.invalid_arguments');
      const { id } = await call('object.create', {
        ...rooms,
        type: 'GameParameter',
        name: 'MIDI_note_velocity',
      });
      expect(asString(id)).not.toBe(velocity.id);
    }));
});

describe('another input that is part of Wwise', () => {
  it('is known by the name the files of the project give it, unlike one that was deleted', () =>
    withProject(async (room) => {
      await room.done('create_game_parameter', { name: 'Speed', max: 127 });
      await windDrivenBy(room, 'GameParameter:Speed');
      await room.done('project_save', {});
      const file = fileOf(room);
      const text = readFileSync(file, 'utf8');
      const pointer = /<ObjectRef Name="Speed" ID="[^"]*" WorkUnitID="([^"]*)"\/>/.exec(text);
      const foreign = '{0C3D4A5B-1111-4222-8333-444455556666}';
      const write = (element: string) => {
        writeFileSync(file, text.replace(pointer?.[0] ?? 'missing', element));
        return room.done('project_reload', { discardUnsaved: true });
      };
      await write(`<ObjectRef Name="MIDI note number" ID="${foreign}"/>`);
      expect(await room.done('list_rtpcs', { objectId: wind })).toMatchObject({
        rtpcs: [{ controlInput: { id: foreign, name: 'MIDI note number' } }],
      });
      expect(await room.done('project_lint', { rules: ['brokenReferences'] })).toMatchObject({
        findings: [],
      });
      await room.done('create_sound', { name: 'Rain', parentPath: home });
      const named = 'MidiParameter:MIDI note number';
      expect(
        await room.done('set_rtpc', {
          objectId: `${home}\\Rain`,
          property: 'Pitch',
          gameParameter: named,
          points,
        }),
      ).toMatchObject({ rtpc: { controlInput: { id: foreign } } });
      await write(`<ObjectRef Name="Gone" ID="${foreign}" WorkUnitID="${pointer?.[1]}"/>`);
      expect(await room.done('project_lint', { rules: ['brokenReferences'] })).toMatchObject({
        findings: [{ message: 'One of its RTPCs follows no Game Parameter.' }],
      });
    }));
});

describe('an input that is no object of the project', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 100, y: -6 },
  ];

  it.each(['Distance', 'GameParameter:Azimuth', 'emitter cone', 'Transmission Loss'])(
    'is named with what takes it up: %s',
    (gameParameter) =>
      withProject(async ({ done, refused }) => {
        await done('create_sound', { name: 'S', parentPath: home });
        const input = { objectId: `${home}\\S`, property: 'Volume', gameParameter, points };
        const { code, error, hint } = await refused('set_rtpc', input);
        expect([code, error]).toMatchObject(['OBJECT_NOT_FOUND', expect.stringContaining('is no object')]);
        const [, bound] = /BindToBuiltInParam "([^"]*)"/.exec(String(hint)) ?? [];
        await done('create_game_parameter', { name: 'Taken' });
        const object = 'GameParameter:Taken';
        await done('set_property', { objectId: object, property: 'BindToBuiltInParam', value: bound });
        await done('set_rtpc', { ...input, gameParameter: object });
      }),
  );

  it('of MIDI is said to be known once the project names it', () =>
    withProject(async ({ done, refused }) => {
      await done('create_sound', { name: 'S', parentPath: home });
      const input = {
        objectId: `${home}\\S`,
        property: 'Volume',
        gameParameter: 'MIDI note frequency',
        points,
      };
      expect(await refused('set_rtpc', input)).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
        error: expect.stringContaining('"MIDI note velocity" is known'),
        hint: expect.stringContaining('once in Wwise'),
      });
      const elsewhere = { ...input, objectId: `${home}\\Gone` };
      expect((await refused('set_rtpc', elsewhere)).error).not.toContain('MIDI note velocity');
    }));
});
