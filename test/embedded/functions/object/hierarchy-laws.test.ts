import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asString, type JsonObject } from '../../../../src/core/json.ts';
import { misplacedIn } from '../../../../src/embedded/model/types/hierarchy-rules.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { sharedDir } from '../../../harness/shared.ts';

const containers = '\\Containers\\Default Work Unit';
const events = '\\Events\\Default Work Unit';
const busses = '\\Busses\\Default Work Unit';

async function made({ call }: EngineRoom, parent: string, type: string, name: string, more: JsonObject = {}) {
  const { id } = await call('object.create', { parent, type, name, ...more });
  return asString(id) ?? '';
}

const sound = { type: 'Sound', name: 'Shot' };
const deep = { children: [{ type: 'Folder', name: 'Inner', children: [sound] }] };

/** What is moved, where to, and what of it does not fit. */
const strangers: readonly (readonly [
  what: string,
  from: string,
  tree: JsonObject,
  to: string,
  misfit: string,
])[] = [
  ['Sounds below Events', containers, deep, events, 'Sound'],
  ['Events below sounds', events, { children: [{ type: 'Event', name: 'Play_X' }] }, containers, 'Event'],
  [
    'Switch Groups below States',
    '\\Switches\\Default Work Unit',
    { children: [{ type: 'SwitchGroup', name: 'Ground' }] },
    '\\States\\Default Work Unit',
    'SwitchGroup',
  ],
  [
    'modulators below effects',
    '\\Modulators\\Default Work Unit',
    { children: [{ type: 'ModulatorTime', name: 'Slow' }] },
    '\\Effects\\Default Work Unit',
    'ModulatorTime',
  ],
  ['sounds below busses', containers, deep, `${busses}\\Main Audio Bus`, 'Sound'],
];

describe('a folder goes where what it holds may stand', () => {
  for (const uri of ['object.move', 'object.copy']) {
    for (const [what, from, tree, to, misfit] of strangers) {
      it(`${uri} refuses one that would bring ${what}, and changes nothing`, () =>
        withEngine(async (room) => {
          const folder = await made(room, from, 'Folder', 'Pack', tree);
          const before = room.project.model.path(
            room.project.model.byId(folder) ?? room.project.model.project,
          );
          const error = await room.refused(uri, { object: folder, parent: to });
          expect(error.uri).toBe('ak.wwise.invalid_arguments');
          expect(error.message).toMatch(new RegExp(`^Object of type ${misfit} cannot be a child of `));
          const { model } = room.project;
          expect(model.path(model.byId(folder) ?? model.project)).toBe(before);
          expect(model.byPath(`${to}\\Pack`)).toBeUndefined();
        }));
    }

    it(`${uri} refuses music in a folder below a Property Container, and takes sounds there`, () =>
      withEngine(async (room) => {
        const mixer = await made(room, containers, 'PropertyContainer', 'Guns');
        const music = await made(room, containers, 'Folder', 'Songs', {
          children: [{ type: 'Folder', name: 'Old', children: [{ type: 'MusicSegment', name: 'Intro' }] }],
        });
        const error = await room.refused(uri, { object: music, parent: mixer });
        expect(error.message).toContain('Object of type MusicSegment cannot be a child');
        const sounds = await made(room, containers, 'Folder', 'Sounds', deep);
        await room.call(uri, { object: sounds, parent: mixer });
        expect(room.project.model.byPath(`${containers}\\Guns\\Sounds\\Inner\\Shot`)?.type).toBe('Sound');
      }));

    it(`${uri} brings no Auxiliary Bus out from below a bus`, () =>
      withEngine(async (room) => {
        const rooms = await made(room, `${busses}\\Main Audio Bus`, 'Folder', 'Rooms', {
          children: [{ type: 'AuxBus', name: 'Hall' }],
        });
        expect((await room.refused(uri, { object: rooms, parent: busses })).message).toContain(
          'Object of type AuxBus cannot be a child',
        );
        const folder = await made(room, busses, 'Folder', 'Outside');
        const hall = `${busses}\\Main Audio Bus\\Rooms\\Hall`;
        expect((await room.refused(uri, { object: hall, parent: folder })).message).toContain(
          'Object of type AuxBus cannot be a child',
        );
      }));
  }

  it('object.set and object.create check each level of what they describe', () =>
    withEngine(async (room) => {
      await made(room, containers, 'PropertyContainer', 'Guns');
      const tree = { type: 'Folder', name: 'F', children: [{ type: 'MusicSegment', name: 'M' }] };
      const set = await room.refused('object.set', {
        objects: [{ object: `${containers}\\Guns`, children: [tree] }],
      });
      expect(set.message).toContain('Object of type MusicSegment cannot be created below');
      const create = await room.refused('object.create', {
        parent: events,
        type: 'Folder',
        name: 'F',
        children: [{ type: 'Folder', name: 'G', children: [sound] }],
      });
      expect(create.message).toContain('Object of type Sound cannot be created below');
      expect(room.project.model.byPath(`${events}\\F`)).toBeUndefined();
    }));

  it('an import makes no music in a folder below a Property Container, be both new', () =>
    withEngine(async (room) => {
      const objectPath = `${containers}\\<Property Container>Guns\\<Virtual Folder>F\\<Music Segment>Intro`;
      const outcome = await room.call('audio.import', {
        importOperation: 'useExisting',
        imports: [{ objectPath, importLanguage: 'SFX' }],
      });
      expect(outcome.log).toEqual([
        { severity: 'Error', index: 0, message: 'A MusicSegment cannot be a child of a Folder.' },
      ]);
      expect(room.project.model.byPath(`${containers}\\Guns`)).toBeUndefined();
    }));

  it('a Work Unit with music moves below no Property Container', () =>
    withEngine(async (room) => {
      await made(room, '\\Containers', 'WorkUnit', 'Score');
      await made(room, '\\Containers\\Score', 'MusicSegment', 'Intro');
      await made(room, containers, 'PropertyContainer', 'Guns');
      const error = await room.refused('object.move', {
        object: '\\Containers\\Score',
        parent: `${containers}\\Guns`,
      });
      expect(error.message).toContain('Object of type MusicSegment cannot be a child');
    }));
});

const samples = [
  'pywwise-2024.1/PyWwise.wproj',
  'godot-tests-2025.1/GodotTests.wproj',
  'gyms-2022.1/Gyms.wproj',
]
  .map((path) => join(sharedDir, 'wwise-projects', path))
  .filter((path) => existsSync(path));

describe.skipIf(samples.length === 0)('the rules (needs the shared samples)', () => {
  it.each(samples)('find nothing misplaced in %s, which Wwise saved', async (path) => {
    const project = await openProject(path, { lock: false });
    const found = project.model.roots.flatMap((root) => [...misplacedIn(root)]);
    expect(found.map(({ object }) => project.model.path(object))).toEqual([]);
    expect([...project.model.all()].length).toBeGreaterThan(100);
    project.close();
  });
});
