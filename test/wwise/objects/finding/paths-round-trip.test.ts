import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import type { Waapi } from '../../../../src/wwise/connection/waapi.ts';
import { type ProjectRoom, withProject } from '../../../harness/project.ts';
import { copySample, samplesDir } from '../../../harness/sample-project.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';

const unit = '\\Containers\\Default Work Unit';

describe('a path that is printed', () => {
  it('means the same object when it is given back, whatever has no name of its own', () =>
    withProject(async (room) => {
      await makeInnerObjects(room);
      const { total, types } = await expectRoundTrips(room);
      expect(total).toBeGreaterThan(40);
      expect(types).toEqual(
        expect.arrayContaining([
          'Action',
          'RTPC',
          'Curve',
          'EffectSlot',
          'Effect',
          'MusicPlaylistItem',
          'MusicTransition',
          'ModulatorLfo',
          'BlendTrack',
        ]),
      );
    }));

  const samples = existsSync(samplesDir)
    ? readdirSync(samplesDir, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? one.name : []))
    : [];
  it.each(samples)('means the same object in a project saved by Wwise: %s', (name) => {
    const dir = newTempDir('paths');
    const projectPath = projectIn(copySample(name, dir));
    return withProject(
      async (room) => {
        expect((await expectRoundTrips(room)).total).toBeGreaterThan(100);
      },
      { projectPath },
    ).finally(() => rmSync(dir, { recursive: true, force: true }));
  });
});

/** Every object of the project, inner ones included: its path is unique, and leads to it through the ordinary commands. */
async function expectRoundTrips({ waapi, done }: ProjectRoom) {
  const rows = await everyObject(waapi);
  const wrong: JsonObject[] = [];
  for (const row of rows) {
    const found = await done('get_object', { objectId: String(row.path) });
    if (found.id !== row.id) wrong.push({ ...row, found: found.id ?? null });
  }
  expect(wrong).toEqual([]);
  expect(new Set(rows.map(({ path }) => String(path).toLowerCase())).size).toBe(rows.length);
  return { total: rows.length, types: [...new Set(rows.map(({ type }) => String(type)))] };
}

async function everyObject(waapi: Waapi): Promise<readonly JsonObject[]> {
  const { return: types } = await waapi.call('ak.wwise.core.object.getTypes');
  const rows = new Map<string, JsonObject>();
  for (const type of asJsonArray(types).map(asJsonObject)) {
    // Plug-ins are objects of the types Effect, SourcePlugin...; WAQL knows no type of a name with spaces.
    if (!/^[A-Za-z]+$/.test(String(type.name))) continue;
    const { return: some } = await waapi
      .call(
        'ak.wwise.core.object.get',
        { waql: `$ from type ${String(type.name)}` },
        { return: ['id', 'path', 'type'] },
      )
      .catch((): JsonObject => ({ return: [] }));
    for (const row of asJsonArray(some).map(asJsonObject)) rows.set(String(row.id), row);
  }
  return [...rows.values()];
}

async function makeInnerObjects({ done, waapi }: ProjectRoom): Promise<void> {
  const sound = await done('create_object', { type: 'Sound', name: 'X', parentPath: unit });
  const objectId = String(sound.id);
  await waapi.call('ak.wwise.core.object.create', {
    parent: '\\Events\\Default Work Unit',
    type: 'Event',
    name: 'Play_X',
    children: [1, 1, 2].map((action) => ({
      type: 'Action',
      name: '',
      '@ActionType': action,
      '@Target': objectId,
    })),
  });
  await done('create_game_parameter', {
    name: 'Rpm',
    parentPath: '\\Game Parameters\\Default Work Unit',
    min: 0,
    max: 100,
  });
  const points = [
    { x: 0, y: -10 },
    { x: 100, y: 0 },
  ];
  for (const property of ['Volume', 'Lowpass'])
    await done('set_rtpc', { objectId, property, gameParameter: 'GameParameter:Rpm', points });
  await done('create_object', {
    type: 'ModulatorLfo',
    name: 'Wobble',
    parentPath: '\\Modulators\\Default Work Unit',
  });
  await done('set_rtpc', {
    objectId: 'ModulatorLfo:Wobble',
    property: 'LfoFrequency',
    gameParameter: 'GameParameter:Rpm',
    points: [
      { x: 0, y: 1 },
      { x: 100, y: 2 },
    ],
  });
  for (const plugin of ['Wwise RoomVerb', 'Wwise RoomVerb', 'Wwise Gain'])
    await done('add_effect', { objectId, plugin });
  await done('create_object', { type: 'BlendContainer', name: 'Blend', parentPath: unit });
  await done('create_object', { type: 'Sound', name: 'Y', parentPath: `${unit}\\Blend` });
  await done('add_blend_track', { container: `${unit}\\Blend`, name: 'Near' });
  await done('create_object', { type: 'MusicSegment', name: 'Verse', parentPath: unit });
  await done('create_music_playlist', {
    name: 'Theme',
    parentPath: unit,
    segments: [{ segment: `${unit}\\Verse` }],
  });
}

function projectIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true }).map(String);
  return join(folder, files.find((file) => file.endsWith('.wproj')) ?? '');
}
