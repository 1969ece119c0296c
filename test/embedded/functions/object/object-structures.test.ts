import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import { functionSchemas, sharedDefinitions } from '../../../../src/embedded/protocol/schemas.gen.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { writeTone } from '../../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';

async function make(
  room: EngineRoom,
  parent: string,
  type: string,
  name: string,
  more: JsonObject = {},
): Promise<string> {
  const made = await room.call('object.create', { parent, type, name, ...more });
  return asString(made.id) ?? '';
}

async function fileText(room: EngineRoom, folder = 'Containers'): Promise<string> {
  await room.call('project.save');
  return readFileSync(join(room.dir, 'Test', folder, 'Default Work Unit.wwu'), 'utf8');
}

async function first(room: EngineRoom, waql: string, ...expressions: string[]): Promise<JsonObject> {
  const result = await room.call('object.get', { waql }, { return: expressions });
  return asJsonObject(asJsonArray(result.return)[0]);
}

const points = [
  { x: 0, y: 0, shape: 'Exp1' },
  { x: 8, y: -1, shape: 'SCurve' },
  { x: 25, y: -2, shape: 'Linear' },
];

describe('the curves of an Attenuation', () => {
  const attenuations = '\\Attenuations\\Default Work Unit';

  it('are read as new and as set, for all platforms or one', async () => {
    await withEngine(async (room) => {
      const object = await make(room, attenuations, 'Attenuation', 'Far');
      const read = (curveType: string, more = {}) =>
        room.call('object.getAttenuationCurve', { object, curveType, ...more });
      expect(await read('VolumeDryUsage')).toMatchObject({
        curveType: 'VolumeDryUsage',
        use: 'Custom',
        points: [{ x: 0, y: 0 }, { x: 100 }],
      });
      expect(await read('VolumeWetGameUsage')).toMatchObject({ use: 'UseVolumeDry', points: [] });
      const before = await fileText(room, 'Attenuations');
      await room.call('object.setAttenuationCurve', {
        object,
        curveType: 'SpreadUsage',
        use: 'Custom',
        points,
        platform: 'Windows',
      });
      expect(await read('SpreadUsage', { platform: 'Windows' })).toEqual({
        curveType: 'SpreadUsage',
        use: 'Custom',
        points,
      });
      expect(await fileText(room, 'Attenuations')).toContain(
        '<CurveUsageInfo Platform="Windows" CurveToUse="Custom">',
      );
      await room.call('undo.undo');
      expect(await fileText(room, 'Attenuations')).toBe(before);
    });
  });

  it('know the dual shelf by both names, and report topics and WAQL', async () => {
    await withEngine(async (room) => {
      const object = await make(room, attenuations, 'Attenuation', 'Far');
      const reported: unknown[] = [];
      await room.session.subscribe(
        'ak.wwise.core.object.attenuationCurveChanged',
        { return: ['name'] },
        (event) => reported.push(event),
      );
      for (const curveType of ['HighShelfUsage', 'ObstructionDSFUsage'])
        await room.call('object.setAttenuationCurve', { object, curveType, use: 'Custom', points });
      for (const curveType of ['DualShelfUsage', 'ObstructionHSFUsage'])
        expect(await room.call('object.getAttenuationCurve', { object, curveType })).toEqual({
          curveType,
          use: 'Custom',
          points,
        });
      expect(reported).toEqual([
        { attenuation: { name: 'Far' }, curveType: 'DualShelfUsage' },
        { attenuation: { name: 'Far' }, curveType: 'ObstructionDSFUsage' },
      ]);
      expect(await first(room, '$ from type Attenuation', 'curveToUse("HighShelf")')).toEqual({
        'curveToUse("HighShelf")': 'Custom',
      });
    });
  });

  it('refuse a use they cannot have and points that are none', async () => {
    await withEngine(async (room) => {
      const object = await make(room, attenuations, 'Attenuation', 'Far');
      const set = async (args: JsonObject) =>
        (
          await room.refused('object.setAttenuationCurve', {
            object,
            curveType: 'SpreadUsage',
            use: 'Custom',
            points,
            ...args,
          })
        ).message;
      expect(await set({ use: 'UseVolumeDry' })).toBe('SpreadUsage cannot be set to UseVolumeDry.');
      expect(await set({ points: points.slice(0, 1) })).toContain('at least two points');
      expect(await set({ points: points.toReversed() })).toContain('rising x');
      expect(await set({ curveType: 'Nonsense' })).toContain('curveType');
      expect(await set({ object: home })).toContain('belong to an Attenuation');
    });
  });
});

describe('a randomizer', () => {
  it('is set, read through WAQL, switched off but kept, and undone to the byte', async () => {
    await withEngine(async (room) => {
      const object = await make(room, home, 'Sound', 'Boom');
      const before = await fileText(room);
      await room.call('object.setRandomizer', { object, property: 'pitch', min: -100, max: 200 });
      const expressions = ['Enabled', 'Min', 'Max'].map((name) => `randomizer("Pitch").@${name}`);
      const read = async () => Object.values(await first(room, `"${home}\\Boom"`, ...expressions));
      expect(await read()).toEqual([true, -100, 200]);
      await room.call('object.setRandomizer', { object, property: 'Pitch', enabled: false });
      expect(await read()).toEqual([false, -100, 200]);
      await room.call('undo.undo');
      await room.call('undo.undo');
      expect(await fileText(room)).toBe(before);
    });
  });

  it('is offered where project files show one', async () => {
    await withEngine(async (room) => {
      const object = await make(room, home, 'Sound', 'Boom');
      const refused = await room.refused('object.setRandomizer', { object, property: 'Priority', min: -1 });
      expect(refused.uri).toBe('ak.wwise.invalid_property');
      expect(refused.details.candidates).toContain('Volume');
      for (const [property, able] of [
        ['Volume', true],
        ['MakeUpGain', true],
        ['Priority', false],
      ] as const)
        expect(await room.call('object.getPropertyInfo', { object, property })).toMatchObject({
          supports: { randomizer: able },
        });
    });
  });
});

describe('facts of a property', () => {
  it('hold for every member of every type, in the documented form, with a name to show', async () => {
    await withEngine(async (room) => {
      const sound = await make(room, home, 'Sound', 'S');
      const info = (property: string) => room.call('object.getPropertyInfo', { object: sound, property });
      // As documented for this property, but for what only Wwise itself knows.
      expect(await info('Volume')).toEqual({
        name: 'Volume',
        type: 'Real64',
        default: 0,
        supports: { rtpc: 'Additive', randomizer: true, unlink: true },
        display: { name: 'Voice Volume' },
        restriction: { type: 'range', min: -200, max: 200 },
      });
      expect(await info('Inclusion')).toMatchObject({ display: { name: 'Inclusion' } });
      const ajv = new Ajv({ strict: false }).addSchema(
        { definitions: sharedDefinitions },
        'definitions.json',
      );
      const fits = ajv.compile(functionSchemas['ak.wwise.core.object.getPropertyInfo']?.result ?? {});
      for (const { classId, properties, references } of room.project.model.allFacts().map((facts) => ({
        classId: facts.classId,
        properties: facts.properties(),
        references: facts.references(),
      }))) {
        for (const { name } of [...properties, ...references]) {
          const answer = await room.call('object.getPropertyInfo', { classId, property: name });
          expect(answer.display, `${classId} ${name}`).toMatchObject({ name: expect.stringMatching(/./) });
          if (properties.some((property) => property.name === name))
            expect(fits(answer), JSON.stringify(answer)).toBe(true);
        }
      }
    });
  });
});

describe('States', () => {
  async function withGroups(room: EngineRoom) {
    for (const name of ['Mood', 'Health'])
      await make(room, '\\States\\Default Work Unit', 'StateGroup', name, {
        children: ['None', 'Low', 'High'].map((state) => ({ type: 'State', name: state })),
      });
    return make(room, home, 'Sound', 'Boom');
  }

  it('are associated by replacing the whole list, and answer WAQL', async () => {
    await withEngine(async (room) => {
      const object = await withGroups(room);
      const before = await fileText(room);
      await room.call('object.setStateGroups', { object, stateGroups: ['StateGroup:Mood'] });
      await room.call('object.setStateGroups', {
        object,
        stateGroups: ['StateGroup:Mood', 'StateGroup:Health'],
      });
      const row = await first(
        room,
        `"${home}\\Boom"`,
        'stateGroups.name',
        'stateProperties',
        'customStates.originalState.name',
        'state("State:High").originalState.path',
        'supportsStates',
      );
      expect(Object.values(row)).toEqual([
        ['Mood', 'Health'],
        ['Volume', 'Pitch', 'Lowpass', 'Highpass'],
        ['Low', 'High', 'Low', 'High'],
        '\\States\\Default Work Unit\\Mood\\High',
        true,
      ]);
      await room.call('object.setStateGroups', { object, stateGroups: [] });
      expect(await fileText(room)).toBe(before);
    });
  });

  it('take a list of properties; the usual ones are written as none', async () => {
    await withEngine(async (room) => {
      const object = await withGroups(room);
      const before = await fileText(room);
      await room.call('object.setStateProperties', { object, stateProperties: ['Volume', 'BypassEffects'] });
      expect(await first(room, `"${home}\\Boom"`, 'stateProperties')).toEqual({
        stateProperties: ['BypassEffect', 'Volume'],
      });
      await room.call('object.setStateProperties', {
        object,
        stateProperties: ['Volume', 'Lowpass', 'Highpass', 'Pitch'],
      });
      expect(await fileText(room)).toBe(before);
      const unknown = await room.refused('object.setStateProperties', { object, stateProperties: ['Volum'] });
      expect(unknown.details.candidates).toContain('Volume');
    });
  });
});

describe('object.diff and object.pasteProperties', () => {
  async function pair(room: EngineRoom) {
    const parameter = await make(room, '\\Game Parameters\\Default Work Unit', 'GameParameter', 'Speed');
    const rtpc = (name: string, top: number) => ({
      type: 'RTPC',
      name: '',
      '@PropertyName': name,
      '@ControlInput': parameter,
      '@Curve': {
        type: 'Curve',
        points: [
          { x: 0, y: 0, shape: 'Linear' },
          { x: 100, y: top, shape: 'Linear' },
        ],
      },
    });
    const source = await make(room, home, 'Sound', 'Source');
    const target = await make(room, home, 'Sound', 'Target');
    await room.call('object.set', {
      objects: [
        { object: source, '@Volume': -6, '@OverrideOutput': true, '@RTPC': [rtpc('Volume', -12)] },
        { object: target, '@RTPC': [rtpc('Volume', -3), rtpc('Pitch', 100)] },
      ],
    });
    return { source, target };
  }

  it('name what differs, and paste all of it', async () => {
    await withEngine(async (room) => {
      const { source, target } = await pair(room);
      expect(await room.call('object.diff', { source, target })).toEqual({
        properties: ['OverrideOutput', 'Volume'],
        lists: ['RTPC'],
      });
      await room.call('object.pasteProperties', { source, targets: [target] });
      expect(await room.call('object.diff', { source, target })).toEqual({ properties: [], lists: [] });
      await room.call('undo.undo');
      expect((await first(room, `"${home}\\Target"`, '@Volume'))['@Volume']).toBe(0);
    });
  });

  it('paste by mode, inclusion and exclusion', async () => {
    await withEngine(async (room) => {
      const { source, target } = await pair(room);
      const rtpcs = async () =>
        Object.values(
          await first(
            room,
            `"${home}\\Target"`,
            'RTPC.PropertyName',
            'RTPC.first(PropertyName = "Volume").Curve.points.y',
          ),
        );
      const paste = (pasteMode: string, more = {}) =>
        room.call('object.pasteProperties', { source, targets: [target], pasteMode, ...more });
      await paste('addKeep', { exclusion: ['Volume'] });
      expect(await rtpcs()).toEqual([
        ['Volume', 'Pitch'],
        [0, -3],
      ]);
      await paste('addReplace', { inclusion: ['RTPC'] });
      expect(await rtpcs()).toEqual([
        ['Pitch', 'Volume'],
        [0, -12],
      ]);
      expect((await first(room, `"${home}\\Target"`, '@Volume'))['@Volume']).toBe(0);
      await paste('replaceEntire', { inclusion: ['RTPC'] });
      expect(await rtpcs()).toEqual([['Volume'], [0, -12]]);
    });
  });
});

describe('gameParameter.setRange', () => {
  it('stretches the curves a parameter drives, or keeps their points', async () => {
    await withEngine(async (room) => {
      const object = await make(room, '\\Game Parameters\\Default Work Unit', 'GameParameter', 'Speed');
      const sound = await make(room, home, 'Sound', 'Boom');
      const curve = {
        type: 'Curve',
        points: [
          { x: 0, y: 0, shape: 'Linear' },
          { x: 50, y: -6, shape: 'Linear' },
          { x: 100, y: -12, shape: 'Linear' },
        ],
      };
      const rtpc = { type: 'RTPC', name: '', '@PropertyName': 'Volume', '@ControlInput': object };
      await room.call('object.set', {
        objects: [{ object: sound, '@RTPC': [{ ...rtpc, '@Curve': curve }] }],
      });
      const xs = async () =>
        Object.values(await first(room, `"${home}\\Boom"`, 'RTPC.Curve.points.x', 'RTPC.Curve.points.y'));
      await room.call('gameParameter.setRange', { object, min: 10, max: 210, onCurveUpdate: 'stretch' });
      expect(await xs()).toEqual([
        [10, 110, 210],
        [0, -6, -12],
      ]);
      await room.call('gameParameter.setRange', { object, min: 10, max: 160, onCurveUpdate: 'preserveX' });
      expect(await xs()).toEqual([
        [10, 110, 160],
        [0, -6, -9],
      ]);
      expect(await first(room, '$ from type GameParameter', 'Min', 'Max')).toEqual({ Min: 10, Max: 160 });
      expect(
        (await room.refused('gameParameter.setRange', { object, min: 5, max: 5, onCurveUpdate: 'stretch' }))
          .message,
      ).toBe('The minimum 5 must be below the maximum 5.');
    });
  });
});

describe('links', () => {
  it('are cut and tied again for one platform', async () => {
    await withEngine(async (room) => {
      const object = await make(room, home, 'Sound', 'Boom', { '@Volume': -3 });
      const args = { object, property: 'Volume', platform: 'Windows' };
      const before = await fileText(room);
      expect(await room.call('object.isLinked', args)).toEqual({ linked: true });
      await room.call('object.setLinked', { ...args, linked: false });
      expect(await room.call('object.isLinked', args)).toEqual({ linked: false });
      await room.call('object.setLinked', { ...args, linked: true });
      expect(await fileText(room)).toBe(before);
      expect(
        (await room.refused('object.setLinked', { ...args, property: 'OutputBus', linked: false })).uri,
      ).toBe('ak.wwise.invalid_property');
    });
  });
});

describe('object.isPropertyEnabled', () => {
  it('follows override flags and the switches of a property', async () => {
    await withEngine(async (room) => {
      await make(room, home, 'PropertyContainer', 'Guns', { children: [{ type: 'Sound', name: 'Pistol' }] });
      const enabled = async (object: string, property: string) =>
        (await room.call('object.isPropertyEnabled', { object, property, platform: 'Windows' })).return;
      const pistol = `${home}\\Guns\\Pistol`;
      expect(await enabled(pistol, 'OutputBus')).toBe(false);
      expect(await enabled(`${home}\\Guns`, 'OutputBus')).toBe(true);
      await room.call('object.set', {
        objects: [{ object: pistol, '@OverrideOutput': true, '@IsLoopingEnabled': true }],
      });
      expect(await enabled(pistol, 'OutputBus')).toBe(true);
      expect(await enabled(pistol, 'IsLoopingInfinite')).toBe(true);
      expect(await enabled(pistol, 'PreFetchLength')).toBe(false);
    });
  });
});

describe('the active source of a Sound', () => {
  it('is chosen among its own sources', async () => {
    await withEngine(async (room) => {
      for (const name of ['one', 'two']) writeTone(join(room.dir, `${name}.wav`));
      const imports = ['one', 'two'].map((name) => ({
        audioFile: join(room.dir, `${name}.wav`),
        objectPath: `${home}\\<Sound SFX>Boom\\<AudioFileSource>${name}`,
        importLanguage: 'SFX',
      }));
      await room.call('audio.import', { importOperation: 'useExisting', imports });
      const sound = `${home}\\Boom`;
      await room.call('sound.setActiveSource', { sound, source: `${sound}\\one` });
      expect(await first(room, `"${sound}"`, 'activeSource.name')).toEqual({ 'activeSource.name': 'one' });
      await room.call('sound.setActiveSource', { sound, source: `${sound}\\two` });
      expect(await first(room, `"${sound}"`, 'activeSource.name')).toEqual({ 'activeSource.name': 'two' });
      const wrong = await room.refused('sound.setActiveSource', { sound, source: sound });
      expect(wrong.details.candidates).toEqual([`${sound}\\one`, `${sound}\\two`]);
    });
  });
});

describe('the deprecated plug-in functions', () => {
  it('answer as their successors do', async () => {
    await withEngine(async (room) => {
      const list = asJsonArray((await room.call('plugin.getList')).return).map(asJsonObject);
      const verb = list.find(({ name }) => name === 'Wwise RoomVerb');
      expect(verb).toMatchObject({ classId: 7733251, type: 'effect' });
      expect((await room.call('plugin.getProperties', { plugin: 7733251 })).return).toContain('DryLevel');
      expect(await room.call('plugin.getProperty', { plugin: 7733251, property: 'DryLevel' })).toMatchObject({
        name: 'DryLevel',
      });
      const object = await make(room, home, 'Sound', 'Boom');
      expect(await room.call('object.getPropertyNames', { object })).toEqual(
        await room.call('object.getPropertyAndReferenceNames', { object }),
      );
    });
  });
});
