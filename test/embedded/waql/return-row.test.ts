import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { returnRow } from '../../../src/embedded/waql/return-row.ts';
import { runQuery } from '../../../src/embedded/waql/run-query.ts';
import type { View } from '../../../src/embedded/waql/view.ts';
import { WaapiError } from '../../../src/wwise/connection/backend.ts';
import { type FixtureProject, openFixture } from './fixture-project.ts';

let fixture: FixtureProject;

beforeAll(async () => {
  fixture = await openFixture();
});

afterAll(() => fixture.close());

function row(waql: string, expressions: readonly string[], view?: View): unknown {
  const { model } = fixture.project;
  const [object] = runQuery(model, waql);
  if (object === undefined) throw new Error(`found nothing: ${waql}`);
  return returnRow(model, object, expressions, view);
}

const walk1 = '"\\Containers\\Default Work Unit\\Footsteps\\Footstep_Walk_01"';
const walk2 = '"\\Containers\\Default Work Unit\\Footsteps\\Footstep_Walk_02"';
const gun = '"\\Containers\\Default Work Unit\\VeryBigGun"';

describe('a row', () => {
  it('names members as they were asked for, or by their alias', () => {
    expect(row(walk1, ['id', 'NAME', '@Volume', 'parent.name', 'classid', 'type as kind'])).toEqual({
      id: '{00000031-0000-4000-8000-000000000000}',
      NAME: 'Footstep_Walk_01',
      '@Volume': -6,
      'parent.name': 'Footsteps',
      classid: 65552,
      kind: 'Sound',
    });
  });

  it('shows objects as id and name, without a name as id, curves as points', () => {
    expect(row(walk1, ['parent', '@OutputBus', 'OutputBus', 'workunit'])).toEqual({
      parent: { id: '{00000030-0000-4000-8000-000000000000}', name: 'Footsteps' },
      '@OutputBus': { id: '{1514A4D8-1DA6-412A-A17E-75CA0C2149F3}', name: 'Main Audio Bus' },
      OutputBus: { id: '{00000021-0000-4000-8000-000000000000}', name: 'SFX Bus' },
      workunit: { id: '{00000010-0000-4000-8000-000000000000}', name: 'Default Work Unit' },
    });
    expect(row(gun, ['@RTPC', 'rtpc.name', 'rtpc.at(0).@Curve'])).toEqual({
      '@RTPC': [{ id: '{00000074-0000-4000-8000-000000000000}' }],
      'rtpc.name': [''],
      'rtpc.at(0).@Curve': {
        id: '{00000075-0000-4000-8000-000000000000}',
        points: [
          { x: 0, y: -6, shape: 'Linear' },
          { x: 1, y: 0, shape: 'SCurve' },
        ],
        '@Flags': 3,
      },
    });
  });

  it('leaves out what is unset, does not apply, or nothing has', () => {
    expect(
      row('"Event:Play_Hello"', ['name', 'Volume', 'originalFilePath', 'owner', 'owner.name', 'NoSuchThing']),
    ).toEqual({
      name: 'Play_Hello',
    });
    expect(row(walk2, ['Attenuation', 'Attenuation.name', 'Effects'])).toEqual({ Effects: [] });
  });

  it('maps lists, concatenates and composes', () => {
    expect(
      row('"Event:Play_Footsteps"', [
        'children.target.{name, parent.name as up} as targets',
        'children.target.children.name',
      ]),
    ).toEqual({
      targets: [{ name: 'Footsteps', up: 'Default Work Unit' }],
      'children.target.children.name': ['Footstep_Walk_01', 'Footstep_Walk_02'],
    });
    expect(row('"Bus:SFX Bus"', ['[this, ancestors].name', 'parent.{name, childrenCount}'])).toEqual({
      '[this, ancestors].name': ['SFX Bus', 'Main Audio Bus', 'Default Work Unit', 'Busses', 'Waql'],
      'parent.{name, childrenCount}': { name: 'Main Audio Bus', childrenCount: 2 },
    });
    expect(
      row(gun, ['Effects.first.effect.name', 'effects.count', 'effects.skip(1).effect.pluginName']),
    ).toEqual({
      'Effects.first.effect.name': 'Boost',
      'effects.count': 2,
      'effects.skip(1).effect.pluginName': ['Wwise Delay'],
    });
    expect(row(walk2, ['randomizer("Pitch").@Max', 'hasProperty("Nothing")'])).toEqual({
      'randomizer("Pitch").@Max': 100,
      'hasProperty("Nothing")': false,
    });
  });

  it('reads the audio files', () => {
    const file = join(fixture.directory, 'Originals', 'SFX', 'Steps', 'walk_01.wav');
    expect(
      row(walk1, [
        'originalFilePath',
        'sound:originalWavFilePath',
        'originalRelativeFilePath',
        'originalSampleRate',
        'originalTotalChannelCount',
        'originalChannelConfig',
        'originalDuration',
        'originalFileSize',
        'duration',
        'duration.max',
        'maxDurationSource',
        'mediaId',
        'activeSource.audioSourceTrimValues',
        'activeSource.audioSourceLanguage.name',
      ]),
    ).toEqual({
      originalFilePath: file,
      'sound:originalWavFilePath': file,
      originalRelativeFilePath: 'SFX\\Steps\\walk_01.wav',
      originalSampleRate: 8000,
      originalTotalChannelCount: 2,
      originalChannelConfig: '2.0',
      originalDuration: 2,
      originalFileSize: 64_044,
      duration: { min: 1, max: 1, type: 'OneShot' },
      'duration.max': 1,
      maxDurationSource: { id: '{00000041-0000-4000-8000-000000000000}', trimmedDuration: 1 },
      mediaId: 1065,
      'activeSource.audioSourceTrimValues': { trimBegin: 0.5, trimEnd: 1.5 },
      'activeSource.audioSourceLanguage.name': 'SFX',
    });
    expect(row('"\\Containers"', ['maxDurationSource.trimmedDuration'])).toEqual({
      'maxDurationSource.trimmedDuration': 1.25,
    });
  });

  it('has no audio facts of a file that is not there, but its path', () => {
    const french = row(
      'from type Sound where name = "Hello"',
      ['originalRelativeFilePath', 'originalDuration', 'duration'],
      {
        language: 'French(France)',
      },
    );
    expect(french).toEqual({ originalRelativeFilePath: 'Voices\\French(France)\\hello.wav' });
  });

  it('shows the values of the platform that was asked for', () => {
    expect(row(walk1, ['Volume', '@Volume'], { platform: 'Mac' })).toEqual({ Volume: -3, '@Volume': -3 });
  });

  it('refuses an expression that does not parse', () => {
    expect(() => row(walk1, ['parent.'])).toThrow(WaapiError);
  });
});
