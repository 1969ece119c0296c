import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixtureProject, openFixture } from './fixture-project.ts';

const steps = '"\\Containers\\Default Work Unit\\Footsteps"';
const mainBus = '{1514A4D8-1DA6-412A-A17E-75CA0C2149F3}';
let fixture: FixtureProject;

beforeAll(async () => {
  fixture = await openFixture();
});

afterAll(() => fixture.close());

describe('sources', () => {
  it('finds objects by path, GUID and qualified name, in the written order', () => {
    expect(fixture.names(`$ ${steps}`)).toEqual(['Footsteps']);
    expect(
      fixture.names(`from object "Event:Play_Hello", "${mainBus.toLowerCase()}", "\\containers"`),
    ).toEqual(['Play_Hello', 'Main Audio Bus', 'Containers']);
    expect(fixture.names('"\\"')).toEqual(['Waql']);
  });

  it('knows the top folders by the names they had until 2024.1', () => {
    expect(
      fixture.names('"\\Actor-Mixer Hierarchy\\Default Work Unit\\Hello", "\\Master-Mixer Hierarchy"'),
    ).toEqual(['Hello', 'Busses']);
  });

  it('takes digits behind the type for a name first, then for a short id', () => {
    expect(fixture.names('"Event:2952797154"')).toEqual(['2952797154']);
    const [event] = fixture.project.model.ofType('Event');
    const shortId = event === undefined ? 0 : fixture.project.model.shortId(event);
    expect(fixture.names(`"Event:${shortId}"`)).toEqual(['Play_Footsteps']);
    expect(fixture.names('"Global:4900"')).toEqual(['Footstep_Walk_01']);
  });

  it('finds all objects of types, custom ones included, whatever the case', () => {
    expect(fixture.names('from type effect orderby name')).toEqual(['Boost', 'Custom Delay']);
    expect(fixture.names('from type AuxBus, randomsequencecontainer')).toEqual(['Hangar_Env', 'Footsteps']);
    expect(fixture.names('from type Platform')).toEqual(['Windows', 'Mac']);
    expect(fixture.names('from type ActorMixer')).toEqual([]);
  });

  it('searches names and notes by words', () => {
    expect(fixture.names('from search "foot walk" where type = "Sound"')).toEqual([
      'Footstep_Walk_01',
      'Footstep_Walk_02',
    ]);
    expect(fixture.names('from search "gravel"')).toEqual(['Footstep_Walk_01']);
  });

  it('runs stored queries that hold WAQL', () => {
    expect(fixture.names('from query "\\Queries\\Default Work Unit\\Quiet Sounds" orderby name')).toEqual([
      'Footstep_Walk_01',
      'Hello',
    ]);
    expect(fixture.refusal('from query "\\Queries\\Default Work Unit\\Endless"').message).toContain(
      'runs itself',
    );
    expect(fixture.refusal(`from query ${steps}`).message).toContain('no Query object');
  });

  it('runs stored queries made of criteria, and refuses criteria whose meaning is not known', () => {
    const found = (name: string) =>
      fixture.names(`from query "\\Queries\\Default Work Unit\\${name}" orderby name`);
    expect(found('Voices')).toEqual(['Hello']);
    expect(found('Quiet Steps')).toEqual(['Footstep_Walk_01']);
    expect(found('Quiet or Hello')).toEqual(['Footstep_Walk_01', 'Hello']);
    expect(found('Stereo')).toEqual(['Footstep_Walk_01']);
    expect(found('Slow')).toEqual(['Footstep_Walk_01', 'Hello_EN']);
    const refusal = fixture.refusal('from query "\\Queries\\Default Work Unit\\By Criteria"');
    expect(refusal.message).toBe(
      'The Query "By Criteria" has the criterion "Something Else", which cannot be evaluated over project files (position 12).',
    );
  });

  it('gives every object of the project without a source', () => {
    const all = fixture.names('from project');
    expect(fixture.names('where true')).toEqual(all);
    expect(all).toContain('<Curve>');
  });

  it('answers id and type from an index with the same result as looking at everything', () => {
    expect(fixture.names(`where id = "${mainBus}" or "{00000035-0000-4000-8000-000000000000}" = id`)).toEqual(
      ['Main Audio Bus', 'VeryBigGun'],
    );
    expect(fixture.names(`where id = "${mainBus}" and type = "Sound"`)).toEqual([]);
    expect(fixture.names('where type = "sound" and name : "hel"')).toEqual(['Hello']);
    expect(fixture.names('where type = "ActorMixer"')).toEqual([]);
    expect(fixture.names('where (type = "Sound" or name = "Boost") and !(type != "Effect")')).toEqual([
      'Boost',
    ]);
  });
});

describe('transforms', () => {
  it('selects per object, in the order of the list, without removing duplicates', () => {
    expect(fixture.names(`${steps} select children, this, parent`)).toEqual([
      'Footstep_Walk_01',
      'Footstep_Walk_02',
      'Footsteps',
      'Default Work Unit',
    ]);
    expect(fixture.names('from type Sound select parent')).toHaveLength(4);
    expect(fixture.names('from type Sound select parent distinct')).toEqual([
      'Footsteps',
      'Default Work Unit',
    ]);
  });

  it('walks descendants depth first and ancestors from the nearest', () => {
    expect(fixture.names('"\\Containers\\Extra" select descendants')).toEqual(['Ambiences', 'Empty']);
    expect(fixture.names('"\\Containers\\Extra\\Ambiences\\Empty" select ancestors')).toEqual([
      'Ambiences',
      'Extra',
      'Containers',
      'Waql',
    ]);
  });

  it('skips, takes and orders, stable in both directions, nothing first', () => {
    expect(fixture.names('from type Sound orderby name reverse skip 1 take 2')).toEqual([
      'Hello',
      'Footstep_Walk_02',
    ]);
    expect(fixture.names('from type Sound orderby @Volume')).toEqual([
      'Footstep_Walk_01',
      'Hello',
      'Footstep_Walk_02',
      'VeryBigGun',
    ]);
    expect(fixture.names('from type Sound orderby @Attenuation.name')[3]).toBe('Footstep_Walk_01');
    expect(fixture.names('from type Sound take 0')).toEqual([]);
    expect(fixture.names('from type Sound skip 100')).toEqual([]);
  });

  it('follows references both ways', () => {
    expect(fixture.names('"Event:Play_Footsteps" select children select target')).toEqual(['Footsteps']);
    expect(fixture.names(`${steps} select referencesTo select parent`)).toEqual(['Play_Footsteps']);
    expect(fixture.names('from type Effect select referencesTo.owner')).toEqual(['VeryBigGun']);
    expect(fixture.names('from type Effect select owner.owner')).toEqual(['VeryBigGun']);
    expect(fixture.names('from type Sound select effects.at(1).effect')).toEqual(['Custom Delay']);
    expect(fixture.names('"\\Busses" select [this, descendants].where(type = "Bus").first')).toEqual([
      'Main Audio Bus',
    ]);
  });
});

describe('conditions', () => {
  it.each([
    ['volume < 0', ['Footstep_Walk_01', 'Hello']],
    ['0 > volume', ['Footstep_Walk_01', 'Hello']],
    ['@Volume = -0.1', ['Hello']],
    ['volume = 0 and (name : "gun" or name : "walk")', ['Footstep_Walk_02', 'VeryBigGun']],
    ['name = "HELLO" or name = "x" and name = "y"', ['Hello']],
    ['name = /_0[12]$/', ['Footstep_Walk_01', 'Footstep_Walk_02']],
    ['name != /foot/', ['Hello', 'VeryBigGun']],
    ['notes : "*ravel"', ['Footstep_Walk_01']],
    ['isLoopingEnabled', ['Footstep_Walk_02']],
    ['isLoopingEnabled = 1', ['Footstep_Walk_02']],
    ['!isLoopingEnabled and parent.type = "RandomSequenceContainer"', ['Footstep_Walk_01']],
    ['@Attenuation = null', ['Footstep_Walk_02', 'Hello', 'VeryBigGun']],
    ['attenuation', ['Footstep_Walk_01']],
    ['attenuation = "Attenuation:Near"', ['Footstep_Walk_01']],
    ['outputbus : "sfx"', ['Footstep_Walk_01']],
    ['parent.childrenCount = 2', ['Footstep_Walk_01', 'Footstep_Walk_02']],
    ['randomizer("pitch") != null', ['Footstep_Walk_02']],
    ['randomizer("Pitch").max > 99.5', ['Footstep_Walk_02']],
    ['isSourceOfOverride("OutputBus")', ['Footstep_Walk_02', 'Hello', 'VeryBigGun']],
    ['isOverridable("outputbus")', ['Footstep_Walk_01', 'Footstep_Walk_02']],
    ['isLinked("Volume") = false', ['Footstep_Walk_01']],
    ['nodeType = "Sound Voice"', ['Hello']],
    ['effects.any()', ['VeryBigGun']],
    ['effects.any(effect.pluginname : "eq")', ['VeryBigGun']],
    ['effects.count(effect.pluginName = "Wwise Delay") = 1', ['VeryBigGun']],
    [
      'effects.first(effect.name = "none") = null',
      ['Footstep_Walk_01', 'Footstep_Walk_02', 'Hello', 'VeryBigGun'],
    ],
    ['children.all(type = "AudioFileSource")', ['Footstep_Walk_01', 'Footstep_Walk_02', 'Hello']],
    ['rtpc.any(@ControlInput.any())', []],
    ['rtpc.any', ['VeryBigGun']],
    ['audioSourceTrimValues.trimBegin > 0', []],
    ['originalSampleRate = 16000', ['Footstep_Walk_02']],
    ['duration.type = "infinite"', ['Footstep_Walk_02']],
    ['maxRadiusAttenuation.radius > 100', ['Footstep_Walk_01']],
  ])('keeps the Sounds where %s', (condition, expected) => {
    expect(fixture.names(`from type Sound where ${condition}`)).toEqual(expected);
  });

  it('does not keep objects that lack the member, and no error either', () => {
    expect(fixture.names('where volume < 0')).toEqual(['Footstep_Walk_01', 'Hello']);
    expect(fixture.names('from type Event where effects.count() = 0')).toEqual([]);
    expect(fixture.names('where parent.parent.parent.name = "Containers" and type = "Sound"')).toEqual([
      'Footstep_Walk_01',
      'Footstep_Walk_02',
    ]);
  });

  it('distinguishes the stored Output Bus from the one in effect', () => {
    expect(fixture.names('from type Sound where @OutputBus = "Bus:SFX Bus"')).toEqual([]);
    expect(fixture.names('from type Sound where OutputBus = "Bus:SFX Bus"')).toEqual(['Footstep_Walk_01']);
    expect(fixture.names('from type Sound where @@OutputBus = "Bus:SFX Bus"')).toEqual(['Footstep_Walk_01']);
  });

  it('reads the platform and language that were asked for', () => {
    expect(fixture.names('from type Sound where volume = -3', { platform: 'Mac' })).toEqual([
      'Footstep_Walk_01',
    ]);
    expect(fixture.names('from type Sound where !isIncluded', { platform: 'Mac' })).toEqual(['VeryBigGun']);
    expect(fixture.names('from type Sound select activeSource', { language: 'French(France)' })).toContain(
      'Hello_FR',
    );
  });

  it('distinguishes folders, Work Units and default Work Units', () => {
    expect(fixture.names('"\\Containers" select this, descendants where workunitType = "Folder"')).toEqual([
      'Containers',
      'Extra',
    ]);
    expect(fixture.names('where workunitType = "rootFile" and !workunitIsDefault')).toEqual(['Ambiences']);
    expect(
      fixture.names('from type WorkUnit where nodeType = "Physical Folder" and category = "Containers"'),
    ).toEqual(['Containers', 'Extra']);
  });
});

describe('what cannot be answered', () => {
  it('names a missing object by its position, with the nearest that exist', () => {
    const error = fixture.refusal('from object "\\Containers\\Default Work Unit\\Footstep"');
    expect(error.uri).toBe('ak.wwise.query.invalid_query');
    expect(error.message).toBe('Object not found (13)');
    expect(error.details.didYouMean).toEqual(['\\Containers\\Default Work Unit\\Footsteps']);
    expect(fixture.refusal('"Bus:SFX Buss"').details.didYouMean).toEqual(['Bus:SFX Bus']);
    expect(fixture.refusal('"Sound:Hello"').message).toBe('Object not found (1)');
    expect(fixture.refusal('from type Sound where outputbus = "Bus:None"').message).toBe(
      'Object not found (35)',
    );
  });

  it('names an unknown type, even when nothing would be taken', () => {
    const error = fixture.refusal('from type Soundd take 0');
    expect(error.message).toBe('Unknown object type "Soundd" (position 11). Did you mean "Sound"?');
  });

  it('names a word nothing has, with the nearest that exist', () => {
    const error = fixture.refusal('from type Sound where @Volum < 0');
    expect(error.message).toContain('Unknown name "Volum" (position 23). Did you mean "Volume"');
    expect(error.details).toMatchObject({ position: 23, found: 'Volum' });
    expect(fixture.refusal('where duration.mx > 1').message).toContain('"max"');
    expect(fixture.refusal('where randomiser("Pitch") != null').message).toContain('"randomizer"');
  });

  it.each([
    ['from type Event select name', 'options.return'],
    ['from type Sound select maxDurationSource.trimmedDuration', 'maxDurationSource'],
    ['from type Sound select OutputBus.{name}', 'options.return'],
    ['from type Sound where children.name = "x"', '.any(...)'],
    ['from type Sound where children', '.any()'],
    ['from type Sound where type = "Sound" or "Voice"', 'compare it'],
    ['from type Sound where name = /(/', 'does not compile'],
    ['from type Sound where name.length > 3', 'plain value'],
    ['from type Sound orderby OutputBus', 'orderby takes'],
    ['from type Sound where volume.any()', 'needs a list'],
  ])('refuses %s and says what to do', (waql, advice) => {
    const error = fixture.refusal(waql);
    expect(error.uri).toBe('ak.wwise.query.invalid_query');
    expect(error.message).toContain(advice);
    expect(error.details).toHaveProperty('position');
  });
});
