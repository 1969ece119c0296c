import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString } from '../../../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { type EraProject, writeEraProject } from '../../../harness/era-project.ts';

async function inProject(work: (room: EngineRoom, era: EraProject) => Promise<void>): Promise<void> {
  const made: EraProject[] = [];
  await withEngine(
    async (room) => {
      for (const era of made) await work(room, era);
    },
    (folder) => {
      const era = writeEraProject(folder, 133);
      made.push(era);
      return era.projectPath;
    },
  );
}

async function contextOf(
  room: EngineRoom,
  path: string,
  name = 'switchContainerChildContext',
): Promise<string> {
  const { return: rows } = await room.call('object.get', { waql: `"${path}"` }, { return: [name] });
  return asString(asJsonObject(asJsonObject(asJsonArray(rows)[0])[name]).id) ?? '';
}

it('shows what a Switch Container sets for a child as an object whose properties can be read and set', () =>
  inProject(async (room, era) => {
    const file = era.files.containers ?? '';
    const before = readFileSync(file, 'utf8');
    const unset = { waql: '$ where switchContainerChildContext.FirstOccurenceOnly = false' };
    expect(await room.call('object.get', unset, { return: ['name'] })).toEqual({
      return: [{ name: 'Step' }],
    });
    const id = await contextOf(room, `${era.surface}\\Step`);
    expect(id).toMatch(/^\{[0-9A-F-]{36}\}$/);
    expect(await contextOf(room, `${era.surface}\\Step`, 'switchContainerChild:context')).toBe(id);
    await room.call('object.setProperty', { object: id, property: 'ContinuePlay', value: true });
    await room.call('object.setProperty', { object: id, property: 'FadeOutTime', value: 1.5 });
    const shown = ['ContinuePlay', 'FadeInTime', 'fadeouttime'];
    expect(await room.call('object.get', { waql: `"${id}"` }, { return: shown })).toEqual({
      return: [{ ContinuePlay: true, FadeInTime: 0, fadeouttime: 1.5 }],
    });
    const nested = {
      waql: `"${era.surface}" select children where switchContainerChildContext.ContinuePlay = true`,
    };
    expect(await room.call('object.get', nested, { return: ['name'] })).toEqual({
      return: [{ name: 'Step' }],
    });
    await room.call('project.save');
    expect(readFileSync(file, 'utf8')).toMatch(
      /<GroupingBehavior>\n\t+<ItemRef Name="Step" [^>]*>\n\t+<PropertyList>\n\t+<Property Name="ContinuePlay" Type="bool" Value="True"\/>\n\t+<Property Name="FadeOutTime" Type="Real64">/,
    );
    await room.call('undo.undo');
    await room.call('undo.undo');
    await room.call('project.save');
    expect(readFileSync(file, 'utf8')).toBe(before);
  }));

it('has none for what is no child of a Switch Container, and none of that id once the child is gone', () =>
  inProject(async (room, era) => {
    expect(
      await room.call('object.get', { waql: `"${era.boom}"` }, { return: ['switchContainerChildContext'] }),
    ).toEqual({
      return: [{}],
    });
    const id = await contextOf(room, `${era.surface}\\Step`);
    await room.call('object.delete', { object: `${era.surface}\\Step` });
    const gone = await room.refused('object.setProperty', {
      object: id,
      property: 'ContinuePlay',
      value: true,
    });
    expect(gone.message).toContain('is unknown');
    await room.call('undo.undo');
    expect(await contextOf(room, `${era.surface}\\Step`)).toBe(id);
    await room.call('object.setProperty', { object: id, property: 'ContinuePlay', value: true });
  }));
