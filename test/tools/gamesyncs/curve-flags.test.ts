import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonObject } from '../../../src/core/json.ts';
import { type ProjectRoom, withProject } from '../../harness/project.ts';

const containers = '\\Containers\\Default Work Unit';

describe('the flags of a curve', () => {
  it('say what the driven property is: decibels, whole numbers, a frequency or a plain number', () =>
    withProject(async (room) => {
      const { done, waapi } = room;
      await done('create_game_parameter', { name: 'Speed' });
      const sound = await done('create_sound', { name: 'Wind', parentPath: containers });
      for (const property of ['Volume', 'Pitch', 'Lowpass', 'Highpass', 'Priority', 'OutputBusVolume'])
        await done('set_rtpc', rtpc(sound.id, property, [0, 1]));
      const effects = '\\Effects\\Default Work Unit';
      await waapi.call('ak.wwise.core.object.set', {
        objects: [
          { object: effects, children: [{ type: 'Effect', name: 'Shaking', classId: tremoloClass }] },
        ],
      });
      for (const property of ['ModFrequency', 'ModDepth', 'OutputGain'])
        await done('set_rtpc', rtpc(`${effects}\\Shaking`, property, [1, 2]));
      const written = {
        ...flagsIn(await saved(room, 'Containers')),
        ...flagsIn(await saved(room, 'Effects')),
      };
      expect(written).toEqual({
        Volume: 3,
        OutputBusVolume: 3,
        Pitch: 65537,
        Lowpass: 65537,
        Highpass: 65537,
        Priority: 65537,
        ModFrequency: 5,
        ModDepth: 1,
        OutputGain: 3,
      });
    }));

  it('stay as Wwise wrote them, those of the points too, when the points are set again', () =>
    withProject(async (room) => {
      await room.done('create_game_parameter', { name: 'Speed' });
      const sound = await room.done('create_sound', { name: 'Wind', parentPath: containers });
      await room.done('set_rtpc', rtpc(sound.id, 'Pitch', [0, 100]));
      const file = fileOf(room, 'Containers');
      const odd = (await saved(room, 'Containers'))
        .replace('Name="Flags" Type="int32" Value="65537"', 'Name="Flags" Type="int32" Value="17"')
        .replace('<Flags>5</Flags>', '<Flags>21</Flags>')
        .replace('<Flags>37</Flags>', '<Flags>53</Flags>');
      await room.waapi.call('ak.wwise.console.project.close', {});
      writeFileSync(file, odd);
      await room.waapi.call('ak.wwise.console.project.open', { path: room.projectPath });
      await room.done('set_rtpc', rtpc(sound.id, 'Pitch', [-50, 700]));
      const edited = await saved(room, 'Containers');
      expect(edited).toContain('<YPos>700</YPos>');
      expect(flagsIn(edited)).toEqual({ Pitch: 17 });
      expect(pointFlagsIn(edited)).toEqual(['21', '53']);
    }));

  it('say so on a Blend Track too, and when the curve is given before what it drives', () =>
    withProject(async (room) => {
      const { done, waapi } = room;
      const { id: parameter } = await done('create_game_parameter', { name: 'Speed' });
      const container = `${containers}\\Blend`;
      await done('create_object', { type: 'BlendContainer', name: 'Blend', parentPath: containers });
      const { track } = await done('add_blend_track', { container, name: 'Near' });
      const { id } = asJsonObject(track);
      for (const property of ['Volume', 'Pitch', 'MakeUpGain'])
        await done('set_rtpc', rtpc(id, property, [0, 1]));
      const points = [0, 100].map((x) => ({ x, y: 0, shape: 'Linear' }));
      const curveFirst = {
        type: 'RTPC',
        name: '',
        '@Curve': { type: 'Curve', points },
        '@ControlInput': parameter ?? null,
        '@PropertyName': 'Lowpass',
      };
      const change = { object: id ?? null, '@RTPC': [curveFirst] };
      await waapi.call('ak.wwise.core.object.set', { objects: [change], listMode: 'append' });
      expect(flagsIn(await saved(room, 'Containers'))).toEqual({
        Volume: 3,
        Pitch: 65537,
        MakeUpGain: 3,
        Lowpass: 65537,
      });
    }));

  it('of the points stay when one is added between them', () =>
    withProject(async (room) => {
      await room.done('create_game_parameter', { name: 'Speed' });
      const sound = await room.done('create_sound', { name: 'Wind', parentPath: containers });
      await room.done('set_rtpc', rtpc(sound.id, 'Pitch', [0, 100]));
      const file = fileOf(room, 'Containers');
      const odd = (await saved(room, 'Containers'))
        .replace('<Flags>5</Flags>', '<Flags>21</Flags>')
        .replace('<Flags>37</Flags>', '<Flags>53</Flags>');
      await room.waapi.call('ak.wwise.console.project.close', {});
      writeFileSync(file, odd);
      await room.waapi.call('ak.wwise.console.project.open', { path: room.projectPath });
      const again = rtpc(sound.id, 'Pitch', [0, 100]);
      const points = [...again.points.slice(0, 1), { x: 50, y: 10 }, ...again.points.slice(1)];
      await room.done('set_rtpc', { ...again, points });
      expect(pointFlagsIn(await saved(room, 'Containers'))).toEqual(['21', '0', '53']);
    }));

  it('are kept where the points of an Attenuation are set again', () =>
    withProject(async (room) => {
      const { id } = await room.done('create_attenuation', { name: 'Far' });
      const spread = (y: number) => ({
        objectId: id,
        curve: 'Spread',
        points: [
          { x: 0, y },
          { x: 50, y: 0 },
        ],
      });
      await room.done('set_attenuation_curve', spread(90));
      const file = fileOf(room, 'Attenuations');
      const odd = (await saved(room, 'Attenuations')).replace(
        /(<Curve Name="Spread"[\s\S]*?Name="Flags" Type="int32" Value=")1("[\s\S]*?<Flags>)5(<)/,
        '$117$221$3',
      );
      await room.waapi.call('ak.wwise.console.project.close', {});
      writeFileSync(file, odd);
      await room.waapi.call('ak.wwise.console.project.open', { path: room.projectPath });
      await room.done('set_attenuation_curve', spread(45));
      const edited = await saved(room, 'Attenuations');
      const curve = /<Curve Name="Spread"[\s\S]*?<\/Curve>/.exec(edited)?.[0] ?? '';
      expect(curve).toContain('<YPos>45</YPos>');
      expect(curve).toContain('Value="17"');
      expect(pointFlagsIn(curve)).toEqual(['21', '37']);
    }));
});

const tremoloClass = 8585219;

function rtpc(objectId: unknown, property: string, [from, to]: readonly [number, number]) {
  const points = [
    { x: 0, y: from },
    { x: 100, y: to },
  ];
  return { objectId, property, gameParameter: 'GameParameter:Speed', points };
}

function fileOf({ projectPath }: ProjectRoom, folder: string): string {
  return join(dirname(projectPath), folder, 'Default Work Unit.wwu');
}

async function saved(room: ProjectRoom, folder: string): Promise<string> {
  await room.done('project_save', {});
  return readFileSync(fileOf(room, folder), 'utf8');
}

/** Flags of the curve of each RTPC in a file, by the property it drives. */
function flagsIn(text: string): Record<string, number> {
  const rtpcs = text.match(/<RTPC [\s\S]*?<\/RTPC>/g) ?? [];
  return Object.fromEntries(
    rtpcs.map((one) => [
      /Name="PropertyName"[^>]*Value="(\w+)"/.exec(one)?.[1] ?? '',
      Number(/Name="Flags"[^>]*Value="(\d+)"/.exec(one)?.[1]),
    ]),
  );
}

function pointFlagsIn(text: string): string[] {
  return [...text.matchAll(/<Flags>(\d+)<\/Flags>/g)].map(([, flags = '']) => flags);
}
