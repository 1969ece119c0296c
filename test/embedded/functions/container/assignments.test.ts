import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString } from '../../../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';

const home = '\\Containers\\Default Work Unit';

async function make(
  room: EngineRoom,
  parent: string,
  type: string,
  name: string,
  more = {},
): Promise<string> {
  const made = await room.call('object.create', { parent, type, name, ...more });
  return asString(made.id) ?? '';
}

async function fileText(room: EngineRoom, folder: string): Promise<string> {
  await room.call('project.save');
  return readFileSync(join(room.dir, 'Test', folder, 'Default Work Unit.wwu'), 'utf8');
}

async function switchContainer(room: EngineRoom) {
  const group = await make(room, '\\Switches\\Default Work Unit', 'SwitchGroup', 'Surface', {
    children: ['Dirt', 'Wood'].map((name) => ({ type: 'Switch', name })),
  });
  const other = await make(room, '\\Switches\\Default Work Unit', 'SwitchGroup', 'Weather', {
    children: [{ type: 'Switch', name: 'Rain' }],
  });
  const container = await make(room, home, 'SwitchContainer', 'Steps', {
    '@SwitchGroupOrStateGroup': group,
    children: ['A', 'B'].map((name) => ({ type: 'Sound', name })),
  });
  return { group, other, container };
}

describe('the assignments of a Switch Container', () => {
  it('are added, listed and removed, and stand in the file switch by switch', async () => {
    await withEngine(async (room) => {
      const { container } = await switchContainer(room);
      const dirt = '\\Switches\\Default Work Unit\\Surface\\Dirt';
      const before = await fileText(room, 'Containers');
      expect(await room.call('switchContainer.getAssignments', { id: container })).toEqual({ return: [] });
      for (const child of ['A', 'B'])
        await room.call('switchContainer.addAssignment', {
          child: `${home}\\Steps\\${child}`,
          stateOrSwitch: dirt,
        });
      const { return: rows } = await room.call('switchContainer.getAssignments', { id: container });
      const ids = await room.call('object.get', {
        waql: `"${home}\\Steps\\A", "${home}\\Steps\\B", "${dirt}"`,
      });
      const [a, b, sw] = asJsonArray(ids.return).map((row) => asJsonObject(row).id);
      expect(rows).toEqual([
        { child: a, stateOrSwitch: sw },
        { child: b, stateOrSwitch: sw },
      ]);
      expect(await fileText(room, 'Containers')).toMatch(
        /<Grouping>\s*<SwitchRef Name="Dirt" ID="[^"]+"\/>\s*<ItemList>\s*<ItemRef Name="A"[^>]*\/>\s*<ItemRef Name="B"[^>]*\/>\s*<\/ItemList>\s*<\/Grouping>/,
      );
      for (const child of ['A', 'B'])
        await room.call('switchContainer.removeAssignment', {
          child: `${home}\\Steps\\${child}`,
          stateOrSwitch: dirt,
        });
      expect(await fileText(room, 'Containers')).toBe(before);
    });
  });

  it('refuse a child elsewhere, a switch of another group, a second time and what is not there', async () => {
    await withEngine(async (room) => {
      await switchContainer(room);
      await make(room, home, 'Sound', 'Loose');
      const child = `${home}\\Steps\\A`;
      const dirt = '\\Switches\\Default Work Unit\\Surface\\Dirt';
      const add = async (args: Record<string, string>) =>
        (await room.refused('switchContainer.addAssignment', { child, stateOrSwitch: dirt, ...args }))
          .message;
      expect(await add({ child: `${home}\\Loose` })).toBe(
        `${home}\\Loose is not a child of a Switch Container.`,
      );
      expect(await add({ stateOrSwitch: '\\Switches\\Default Work Unit\\Weather\\Rain' })).toContain(
        'does not belong to \\Switches\\Default Work Unit\\Surface',
      );
      expect(await add({ stateOrSwitch: home })).toContain('neither a State nor a Switch');
      expect(
        (await room.refused('switchContainer.removeAssignment', { child, stateOrSwitch: dirt })).message,
      ).toBe(`${child} is not assigned to Dirt.`);
      await room.call('switchContainer.addAssignment', { child, stateOrSwitch: dirt });
      expect(await add({})).toBe(`${child} is already assigned to Dirt.`);
    });
  });

  it('go with a deleted child, and an undo brings them back', async () => {
    await withEngine(async (room) => {
      const { container } = await switchContainer(room);
      const child = `${home}\\Steps\\A`;
      await room.call('switchContainer.addAssignment', {
        child,
        stateOrSwitch: '\\Switches\\Default Work Unit\\Surface\\Dirt',
      });
      const before = await fileText(room, 'Containers');
      await room.call('object.delete', { object: child });
      expect(await room.call('switchContainer.getAssignments', { id: container })).toEqual({ return: [] });
      expect(await fileText(room, 'Containers')).not.toContain('<Grouping>');
      await room.call('undo.undo');
      expect(await fileText(room, 'Containers')).toBe(before);
    });
  });

  it('report to their topics', async () => {
    await withEngine(async (room) => {
      await switchContainer(room);
      const reported: unknown[] = [];
      for (const verb of ['Added', 'Removed'])
        await room.session.subscribe(
          `ak.wwise.core.switchContainer.assignment${verb}`,
          { return: ['name'] },
          (event) => reported.push([verb, event]),
        );
      const args = {
        child: `${home}\\Steps\\A`,
        stateOrSwitch: '\\Switches\\Default Work Unit\\Surface\\Dirt',
      };
      await room.call('switchContainer.addAssignment', args);
      await room.call('switchContainer.removeAssignment', args);
      await room.call('ping');
      const event = {
        switchContainer: { name: 'Steps' },
        child: { name: 'A' },
        stateOrSwitch: { name: 'Dirt' },
      };
      expect(reported).toEqual([
        ['Added', event],
        ['Removed', event],
      ]);
    });
  });
});

describe('the tracks of a Blend Container', () => {
  it('take children with crossfades over the range of their Game Parameter', async () => {
    await withEngine(async (room) => {
      const parameter = await make(room, '\\Game Parameters\\Default Work Unit', 'GameParameter', 'Speed');
      const container = await make(room, home, 'BlendContainer', 'Engine', {
        children: ['Low', 'High'].map((name) => ({ type: 'Sound', name })),
      });
      const track = await room.call('blendContainer.addTrack', { object: container, name: 'Motor' });
      expect(track).toMatchObject({ name: 'Motor', type: 'BlendTrack' });
      await room.call('object.set', {
        objects: [
          { object: track.id ?? '', '@LayerCrossFadeControlInput': parameter, '@EnableCrossFading': true },
        ],
      });
      const edges = [
        { fadeMode: 'None', fadeShape: 'Linear', edgePosition: 0, fadePosition: 0 },
        { fadeMode: 'Manual', fadeShape: 'Exp1', edgePosition: 60, fadePosition: 40 },
      ];
      const child = `${home}\\Engine\\Low`;
      const added = await room.call('blendContainer.addAssignment', {
        object: track.id ?? '',
        child,
        edges,
      });
      expect(added).toMatchObject({ index: 0, edges });
      const automatic = { fadeMode: 'Automatic', fadeShape: 'SCurve' };
      expect(
        await room.call('blendContainer.addAssignment', {
          object: track.id ?? '',
          child: `${home}\\Engine\\High`,
        }),
      ).toMatchObject({
        index: 1,
        edges: [
          { ...automatic, edgePosition: 0, fadePosition: 0 },
          { ...automatic, edgePosition: 100, fadePosition: 100 },
        ],
      });
      const { return: rows } = await room.call('blendContainer.getAssignments', { object: track.id ?? '' });
      expect(rows).toMatchObject([{ index: 0, edges }, { index: 1 }]);
      expect(await fileText(room, 'Containers')).toContain('<LeftFadingMode>Automatic</LeftFadingMode>');
      await room.call('blendContainer.removeAssignment', { object: track.id ?? '', child });
      expect(
        (await room.refused('blendContainer.removeAssignment', { object: track.id ?? '', child })).message,
      ).toBe(`${child} is not assigned to Motor.`);
    });
  });
});

describe('the inclusions of a SoundBank', () => {
  it('are added, narrowed, dropped with their last filter, and replaced', async () => {
    await withEngine(async (room) => {
      const bank = await make(room, '\\SoundBanks\\Default Work Unit', 'SoundBank', 'Main');
      const event = await make(room, '\\Events\\Default Work Unit', 'Event', 'Play');
      const set = (operation: string, ...filter: string[]) =>
        room.call('soundbank.setInclusions', {
          soundbank: bank,
          operation,
          inclusions: [{ object: event, filter }],
        });
      const inclusions = async () =>
        (await room.call('soundbank.getInclusions', { soundbank: bank })).inclusions;
      await set('add', 'events', 'structures', 'media');
      expect(await fileText(room, 'SoundBanks')).toMatch(
        /<ObjectRef Name="Play" ID="[^"]+" WorkUnitID="[^"]+" Origin="Manual" Filter="7"\/>/,
      );
      await set('remove', 'structures');
      expect(await inclusions()).toEqual([{ object: event, filter: ['events', 'media'] }]);
      await set('replace', 'structures');
      expect(await inclusions()).toEqual([{ object: event, filter: ['structures'] }]);
      await set('remove', 'structures');
      expect(await inclusions()).toEqual([]);
      expect(await fileText(room, 'SoundBanks')).toContain('<ObjectInclusionList/>');
    });
  });

  it('come from definition files, which say which line is wrong', async () => {
    await withEngine(async (room) => {
      const event = await make(room, '\\Events\\Default Work Unit', 'Event', 'Play');
      const file = join(room.dir, 'Test', 'banks.txt');
      writeFileSync(file, 'Weapons\t"Play"\tEvent\tMedia\r\n');
      await room.call('soundbank.processDefinitionFiles', { files: ['banks.txt'] });
      expect(await room.call('soundbank.getInclusions', { soundbank: 'SoundBank:Weapons' })).toEqual({
        inclusions: [{ object: event, filter: ['events', 'media'] }],
      });
      const gone = await room.refused('soundbank.processDefinitionFiles', { files: ['gone.txt'] });
      expect(gone.uri).toBe('ak.wwise.file_error');
    });
  });

  it('say of each line what came of it, and do all that can be done', async () => {
    await withEngine(async (room) => {
      const event = await make(room, '\\Events\\Default Work Unit', 'Event', 'Play');
      await make(room, '\\States\\Default Work Unit', 'StateGroup', 'Weather');
      const file = join(room.dir, 'Test', 'banks.txt');
      writeFileSync(
        file,
        [
          'A\t"Play"\tMedia',
          'A\t"Pley"',
          'A\t-EffectShareset\t"Verb"\tMedia',
          'A\t-Nonsense\t"Play"',
          'A',
          'A\t"Play"\tNoise',
          'A\t-GameSyncExclusion\tState\tWeather\tNone',
          'A\t-GameSyncExclusion\tSwitch\tSurface\tDirt',
          'A\t-GameSyncExclusion\tTrigger',
          'A\tPlay\tMedia',
          'A\tPlay\tEvent',
        ].join('\n'),
      );
      await room.call('soundbank.processDefinitionFiles', { files: [file] });
      expect(await room.call('soundbank.getInclusions', { soundbank: 'SoundBank:A' })).toEqual({
        inclusions: [{ object: event, filter: ['events', 'media'] }],
      });
      const { items } = await room.call('log.get', { channel: 'general' });
      const lines = asJsonArray(items).map((item) => {
        const { severity, message } = asJsonObject(item);
        return `${severity} ${String(message).replace(file, '')}`;
      });
      expect(lines).toEqual([
        'Message :1: SoundBank Created: A.',
        'Message :1: Inclusion Added: Play in A.',
        'Error :2: Event Missing: "Pley" for A. Did you mean "Play"?',
        expect.stringContaining('Error :3: Effect Missing: "Verb" for A.'),
        expect.stringContaining('Error :4: There is no keyword -Nonsense'),
        expect.stringContaining('Error :5: A line names a SoundBank'),
        expect.stringContaining('Error :6: "noise" is none of Event'),
        expect.stringContaining('Error :7: Exclusion not added'),
        expect.stringContaining('Error :8: Exclusion Missing: Switch "Surface", "Dirt" for A.'),
        expect.stringContaining('Error :9: After -GameSyncExclusion come'),
        'Message :10: No Change Detected: A has Play.',
        'Message :11: Inclusion Added: Play in A.',
      ]);
      await room.call('undo.undo');
      expect(room.project.model.byName('SoundBank', 'A')).toBeUndefined();
    });
  });
});
