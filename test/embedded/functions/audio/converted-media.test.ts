import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { writeTone } from '../../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';
const box = `${home}\\<Property Container>Box`;
const conversions = '\\Conversion Settings\\Default Work Unit';
const queries = '\\Queries\\Default Work Unit';

/** A mono Sound of 32 kHz and a stereo one of 96 kHz, each with its own Conversion. */
async function furnish(room: EngineRoom): Promise<void> {
  writeTone(join(room.dir, 'mono.wav'), { sampleRate: 32_000 });
  writeTone(join(room.dir, 'wide.wav'), { sampleRate: 96_000, channels: 2 });
  await room.call('audio.import', {
    default: { importLanguage: 'SFX' },
    imports: [
      { audioFile: join(room.dir, 'mono.wav'), objectPath: `${box}\\<Sound SFX>Mono` },
      { audioFile: join(room.dir, 'wide.wav'), objectPath: `${box}\\<Sound SFX>Wide` },
    ],
  });
  await conversion(room, 'Mono', 'Vorbis', { '@Channels': 1, '@SampleRate': 0, '@MaxSampleRate': 24_000 });
  await conversion(room, 'Wide', 'ADPCM', { '@Channels': 0, '@SampleRate': 44_100 });
}

async function conversion(room: EngineRoom, sound: string, codec: string, values: JsonObject): Promise<void> {
  await room.call('object.create', { parent: conversions, type: 'Conversion', name: sound, ...values });
  const conversion = `${conversions}\\${sound}`;
  await room.call('audio.setConversionPlugin', { conversion, platform: 'Windows', plugin: codec });
  await room.call('object.set', {
    objects: [{ object: `${home}\\Box\\${sound}`, '@OverrideConversion': true, '@Conversion': conversion }],
  });
}

const facts = [
  'conversionFormat',
  'convertedSampleRate',
  'convertedSampleRateSetting',
  'convertedTotalChannelCount',
  'convertedLFEChannelCount',
];

async function read(room: EngineRoom, sound: string): Promise<unknown[]> {
  const answer = await room.call('object.get', { waql: `$ "${home}\\Box\\${sound}"` }, { return: facts });
  const row = asJsonObject(asJsonArray(answer.return)[0]);
  return facts.map((fact) => row[fact]);
}

async function found(room: EngineRoom, operation: string, values: JsonObject): Promise<unknown[]> {
  const query = await room.call('object.create', {
    ...{ parent: queries, type: 'Query', name: 'Q', onNameConflict: 'replace', '@ObjectType': 300 },
    children: [{ type: 'SearchCriteria', name: operation, ...values }],
  });
  const answer = await room.call(
    'object.get',
    { waql: `$ from query "${String(query.id)}" orderby name` },
    { return: ['name'] },
  );
  return asJsonArray(answer.return).map((row) => asJsonObject(row).name);
}

describe('what a conversion makes of an original', () => {
  it('follows from the Conversion in effect', () =>
    withEngine(async (room) => {
      await furnish(room);
      expect(await read(room, 'Mono')).toEqual(['Vorbis', 24_000, 'As Input', 2, 0]);
      expect(await read(room, 'Wide')).toEqual(['ADPCM', 44_100, '44100', 1, 0]);
      await room.call('object.set', {
        objects: [{ object: `${conversions}\\Mono`, '@AllowChannelUpmix': false, '@MaxSampleRate': 0 }],
      });
      expect(await read(room, 'Mono')).toEqual(['Vorbis', 32_000, 'As Input', 1, 0]);
      await room.call('object.setProperty', {
        object: `${home}\\Box\\Mono`,
        property: 'OverrideConversion',
        value: false,
      });
      expect(await read(room, 'Mono')).toEqual(['PCM', 32_000, 'As Input', 1, 0]);
    }));

  it('has no sample rate where Wwise would find it by listening', () =>
    withEngine(async (room) => {
      await furnish(room);
      await room.call('object.set', { objects: [{ object: `${conversions}\\Mono`, '@SampleRate': 3 }] });
      expect((await read(room, 'Mono')).slice(1, 3)).toEqual([undefined, 'Auto High']);
    }));

  it('answers the criteria of Queries about converted media', () =>
    withEngine(async (room) => {
      await furnish(room);
      const format = '{38F10907-3DED-472A-BFAC-3EF68EFD3B37}';
      expect(await found(room, format, { '@SourceAudioFormat': 'Vorbis' })).toEqual(['mono']);
      expect(await found(room, format, { '@SourceAudioFormat': 'PCM' })).toEqual([]);
      const rate = '{35B827A2-F7AA-461A-BE22-6A7350B6F432}';
      expect(await found(room, rate, { '@LeftValue': 44_100 })).toEqual(['wide']);
      expect(await found(room, rate, { '@LeftValue': 48_000, '@NumericOperator': 1 })).toEqual([
        'mono',
        'wide',
      ]);
      const channels = '{26302C20-EEA2-4275-A9BA-7B504BA3C2E1}';
      const exactly = { '@SourceChannelsLFEOption': 0, '@SourceChannelsOthersOption': 2 };
      expect(await found(room, channels, { ...exactly, '@SourceChannelsOthersCount': 1 })).toEqual(['wide']);
      expect(await found(room, channels, { ...exactly, '@SourceChannelsOthersCount': 2 })).toEqual(['mono']);
    }));
});

describe('criteria that programs and teams use', () => {
  it('find what follows a State, among what the WAQL of the Query finds', () =>
    withEngine(async (room) => {
      const group = { type: 'StateGroup', name: 'Mood', children: [{ type: 'State', name: 'Calm' }] };
      await room.call('object.set', {
        objects: [
          { object: '\\States\\Default Work Unit', children: [group] },
          {
            object: home,
            children: ['Follows', 'Too', 'Other'].map((name) => ({ type: 'ActorMixer', name })),
          },
        ],
      });
      const mood = '\\States\\Default Work Unit\\Mood';
      for (const name of ['Follows', 'Too'])
        await room.call('object.setStateGroups', { object: `${home}\\${name}`, stateGroups: [mood] });
      const { return: rows } = await room.call('object.get', { from: { path: [`${mood}\\Calm`] } });
      const { id } = asJsonObject(asJsonArray(rows)[0]);
      const query = await room.call('object.create', {
        ...{ parent: queries, type: 'Query', name: 'T', '@LogicalOperator': '1', '@ObjectType': '10' },
        '@WAQL': '$ from type actormixer',
      });
      await room.call('object.create', {
        ...{ parent: query.id, type: 'SearchCriteria', name: '{E2BA49FE-AADD-4726-A72E-9958C70A9F19}' },
        '@State': id,
        '@StatePropertyUsage': '2',
      });
      const answer = await room.call(
        'object.get',
        { waql: `$ from query "${String(query.id)}" orderby name` },
        { return: ['name'] },
      );
      expect(asJsonArray(answer.return).map((row) => asJsonObject(row).name)).toEqual(['Follows', 'Too']);
    }));
});
