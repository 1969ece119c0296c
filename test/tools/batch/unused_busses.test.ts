import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../src/core/json.ts';
import { parseWwu } from '../../../src/embedded/wwu/parse.ts';
import { attribute, type WwuElement } from '../../../src/embedded/wwu/tree.ts';
import { type ProjectRoom, withProject } from '../../harness/project.ts';
import { sharedDir } from '../../harness/shared.ts';
import { newTempDir } from '../../harness/temp-dir.ts';

const home = '\\Containers\\Default Work Unit';
const master = '\\Busses\\Default Work Unit\\Main Audio Bus';

/** Everything that makes a bus used, each by what it takes to do so. */
const uses: Readonly<Record<string, (bus: string, room: ProjectRoom) => Promise<unknown>>> = {
  'a Sound is routed to it': (bus, { done }) =>
    done('set_output_bus', { objectId: `${home}\\A`, busPath: bus }),
  'a Sound sends to it': (bus, { done }) =>
    done('set_aux_send', { objectId: `${home}\\A`, slot: 0, auxBus: bus }),
  'early reflections go to it': (bus, { done }) =>
    done('set_reference', { objectId: `${home}\\A`, reference: 'ReflectionsAuxSend', targetPath: bus }),
  'another bus sends to it': (bus, { done }) =>
    done('set_reference', { objectId: master, reference: 'UserAuxSend0', targetPath: bus }),
  'an Event turns it down': (bus, { done }) =>
    done('create_event', { name: 'Quiet', actions: [{ type: 'SetBusVolume', targetPath: bus }] }),
};

async function unusedOf(room: ProjectRoom): Promise<readonly string[]> {
  const { unused } = await room.done('find_unused', { kind: 'busses' });
  return asJsonArray(unused).map((row) => String(asJsonObject(row).name));
}

describe('find_unused of busses', () => {
  it.each(Object.entries(uses))('does not list a bus when %s, nor those above it', (how, use) =>
    withProject(async (room) => {
      const auxiliary = how !== 'a Sound is routed to it';
      await room.done('create_sound', { name: 'A', parentPath: home });
      // Something uses the master bus: that is no use of what is below it.
      await room.done('create_sound', { name: 'B', parentPath: home });
      await room.done('set_output_bus', { objectId: `${home}\\B`, busPath: master });
      await room.done('create_bus', { name: 'Outer', parentPath: master });
      for (const name of ['Idle', 'Verb'])
        await room.done('create_bus', { name, parentPath: `${master}\\Outer`, auxiliary });
      expect(await room.done('find_unused', { kind: 'busses' })).toMatchObject({
        unused: [{ name: 'Outer', below: 2 }],
      });
      await use(`${master}\\Outer\\Verb`, room);
      expect(await unusedOf(room)).toEqual(['Idle']);
      const removed = await room.done('remove_unused', { kind: 'busses', confirm: true });
      expect(removed).toMatchObject({
        removed: [{ name: 'Idle', type: auxiliary ? 'AuxBus' : 'Bus' }],
        total: 1,
      });
      expect(await unusedOf(room)).toEqual([]);
    }),
  );

  it('lists no master bus, also none that stands in a Work Unit of its own', () =>
    withProject(async (room) => {
      await room.done('create_work_unit', { parentPath: '\\Busses', name: 'Second' });
      await room.done('create_bus', { name: 'Headphones', parentPath: '\\Busses\\Second' });
      expect(await unusedOf(room)).toEqual([]);
    }));

  it('knows what is used across a folder below a bus', () =>
    withProject(async (room) => {
      await room.done('create_bus', { name: 'Outer', parentPath: master });
      await room.done('create_object', { type: 'Folder', parentPath: `${master}\\Outer`, name: 'Team' });
      await room.done('create_bus', { name: 'Inner', parentPath: `${master}\\Outer\\Team` });
      expect(await room.done('find_unused', { kind: 'busses' })).toMatchObject({
        unused: [{ name: 'Outer', below: 1 }],
      });
      await room.done('create_sound', { name: 'A', parentPath: home });
      await room.done('set_output_bus', { objectId: `${home}\\A`, busPath: `${master}\\Outer\\Team\\Inner` });
      expect(await unusedOf(room)).toEqual([]);
    }));
});

describe('find_unused of audio', () => {
  it('counts what is in a Work Unit that hangs in a played container as played', () =>
    withProject(async (room) => {
      await room.done('create_object', { type: 'PropertyContainer', name: 'Played', parentPath: home });
      await room.done('create_work_unit', { parentPath: `${home}\\Played`, name: 'Team' });
      await room.done('create_sound', { name: 'Inner', parentPath: `${home}\\Played\\Team` });
      expect(await room.done('find_unused', {})).toMatchObject({ unused: [{ name: 'Played', below: 1 }] });
      await room.done('create_event', { name: 'Play', targetPath: `${home}\\Played` });
      expect(await room.done('find_unused', {})).toMatchObject({ total: 0 });
    }));

  it('counts what a SoundBank includes by its Work Unit as used', () =>
    withProject(async (room) => {
      await room.done('create_sound', { name: 'A', parentPath: home });
      expect(await room.done('find_unused', {})).toMatchObject({ total: 1 });
      await room.done('create_soundbank', { name: 'Main', inclusions: [{ object: home }] });
      expect(await room.done('find_unused', {})).toMatchObject({ total: 0 });
    }));
});

const samples = join(sharedDir, 'wwise-projects');
const projects = existsSync(samples)
  ? readdirSync(samples, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(samples, name))
  : [];

describe.skipIf(projects.length === 0).each(projects)('the busses of %s', (project) => {
  it('are unused exactly where no file refers to them or to what is below them', async () => {
    const dir = newTempDir('busses');
    cpSync(project, dir, { recursive: true });
    const wproj = readdirSync(dir).find((name) => name.endsWith('.wproj')) ?? '';
    try {
      const expected = unreferencedBusses(dir);
      await withProject(
        async (room) => {
          const { unused } = await room.done('find_unused', { kind: 'busses', limit: 500 });
          const ids = asJsonArray(unused).map((row) => asJsonObject(row).id);
          expect({ project: basename(project), ids: ids.sort() }).toEqual({
            project: basename(project),
            ids: [...expected].sort(),
          });
        },
        { projectPath: join(dir, wproj) },
      );
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

/** By the text of the files alone: busses below another whose whole tree no reference outside of it names. */
function unreferencedBusses(dir: string): readonly string[] {
  const roots = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.wwu'))
    .map((path) => parseWwu(readFileSync(join(dir, path))).root);
  const isBus = ({ name }: WwuElement) => name === 'Bus' || name === 'AuxBus';
  const all = roots.flatMap(elements);
  const references = all.filter(({ name }) => name === 'ObjectRef');
  const isBelow = (element: WwuElement, above: WwuElement): boolean => {
    for (let at: WwuElement | null = element; at !== null; at = at.parent) if (at === above) return true;
    return false;
  };
  const unused = all.filter(isBus).filter((bus) => {
    if (!hasBusAbove(bus)) return false;
    const ids = new Set(
      elements(bus)
        .filter(isBus)
        .map((one) => attribute(one, 'ID')),
    );
    return !references.some((one) => ids.has(attribute(one, 'ID')) && !isBelow(one, bus));
  });
  const tops = unused.filter((bus) => !unused.some((other) => other !== bus && isBelow(bus, other)));
  return tops.map((bus) => attribute(bus, 'ID') ?? '');

  function hasBusAbove(bus: WwuElement): boolean {
    for (let at = bus.parent; at !== null; at = at.parent) if (isBus(at)) return true;
    return false;
  }
}

function elements(element: WwuElement): readonly WwuElement[] {
  return [element, ...element.children.flatMap(elements)];
}
