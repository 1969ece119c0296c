import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../../src/core/json.ts';
import { embeddedFunctions } from '../../../src/embedded/functions/catalog.ts';
import { createProject } from '../../../src/embedded/project/new-project/new-project.ts';
import { checkArguments } from '../../../src/embedded/protocol/check-arguments.ts';
import { isLong } from '../../harness/amount.ts';
import { type EngineRoom, withEngine } from '../../harness/engine.ts';
import { midiBytes } from '../../harness/midi.ts';
import { sharedDir } from '../../harness/shared.ts';
import { toneBytes } from '../../harness/wave.ts';

const file = join(sharedDir, 'waapi', 'examples.json');
const offered = new Set(
  embeddedFunctions({ productVersion: '0', installDir: '', userDir: '' }).map(({ uri }) => uri),
);
const examples = existsSync(file)
  ? asJsonArray(JSON.parse(readFileSync(file, 'utf8')))
      .map(asJsonObject)
      .filter(({ uri }) => offered.has(String(uri)))
  : [];

/** Examples that this project cannot be prepared for, by index, with the reason. */
const unprepared: Readonly<Record<number, string>> = {
  26: 'gives a source plug-in media of its own',
  28: 'gives a source plug-in media of its own',
  29: 'gives an effect plug-in media of its own',
  202: 'uses one GUID for two parents that cannot be the same object',
  187: 'makes a Media Pool database, which is not in a project',
};

/** The functions this project prepares for; those about the instance and the world around it are run by tests of their own. */
const concernsObjects =
  /^ak\.wwise\.(waapi\.|core\.(ping|getInfo|getProjectInfo|undo\.|project\.save|audio\.import$|object\.|sound\.|soundbank\.|audioSourcePeaks\.|gameParameter\.|(blend|switch)Container\.))/;

/** Members of documented answers that a call without options does not ask for, or that no public source gives. */
const illustrative: Readonly<Record<string, readonly string[]>> = {
  'ak.wwise.core.object.move': ['type', 'path', 'shortId'],
  'ak.wwise.core.object.copy': ['type', 'path', 'shortId'],
  'ak.wwise.core.object.getPropertyInfo': ['audioEngineId', 'dependencies', 'ui'],
};

const home = '\\Containers\\Default Work Unit';

/** What each GUID of an example stands for here, in order of first appearance. */
const standIns: Readonly<Record<number, readonly string[]>> = {
  0: ['Blend Track', `${home}\\MyBlend\\B`],
  1: [`${home}\\MyBlend`],
  4: ['\\Metadata\\Default Work Unit\\MyMetadata'],
  9: [`${home}\\MySound`, 'GameParameter:MyGameParam'],
  10: [`${home}\\MySwitch`],
  12: [`${home}\\MySound`],
  18: [`${home}\\MySound`],
  20: [`${home}\\MySound`],
  31: ['SoundBank:MyBank', 'Event:MyEvent'],
  42: [`${home}\\MySwitch\\B`, '\\Switches\\Default Work Unit\\MyGroup\\One'],
  52: [`${home}\\MySound`, `${home}\\MyFolder`],
  54: [`${home}\\MySound`, `${home}\\MyFolder`],
  94: ['Blend Track', `${home}\\MyBlend\\A`],
  95: [`${home}\\MySwitch\\A`, '\\Switches\\Default Work Unit\\MyGroup\\One'],
  96: [`${home}\\MySound`],
  97: [`${home}\\MySound`, 'Platform:Windows'],
  103: ['SoundBank:MyBank'],
  108: ['{00000000-0000-0000-0000-000000000000}'],
  130: ['SoundBank:MyBank'],
  140: ['RTPC'],
  147: [`${home}\\MySound`, 'Platform:Windows'],
  148: [`${home}\\MySoundSFX`, `${home}\\MySoundSFX\\MyAudioSource`],
  153: [`${home}\\MySound`],
  157: ['Stinger'],
  159: ['Platform:Windows'],
  186: [`${home}\\MySound`, `${home}\\MyFolder`],
  190: [home],
  191: [home],
  192: [home],
  202: [`${home}\\MyFolder`],
  205: ['Attenuation:MyAttenuation', 'Platform:Windows'],
  207: [`${home}\\MySound`],
  234: [`${home}\\MySound`],
  235: ['RTPC'],
  236: [`${home}\\MySound`],
  237: ['Blend Track'],
  245: ['Attenuation:MyAttenuation', 'Platform:Windows'],
  246: [`${home}\\MySound`],
  249: [`${home}\\MySoundSFX`],
  250: [`${home}\\MySoundSFX`],
  251: [`${home}\\MySoundSFX`],
  252: [`${home}\\MySoundSFX`],
  253: [`${home}\\MySoundSFX`],
};

/** Calls that must come before an example's own. */
const before: Readonly<Record<number, readonly string[]>> = {
  66: ['object.setNotes', 'undo.undo'],
  67: ['object.setNotes'],
  75: ['undo.beginGroup'],
  215: ['undo.beginGroup'],
};

/** Objects the examples name by path, and those their GUIDs stand for. Children of `\Containers` live in its folder. */
async function prepare(room: EngineRoom): Promise<Map<string, string>> {
  const child = (type: string, name: string, more: JsonObject = {}) => ({ type, name, ...more });
  const sounds = ['MySound', 'Source Sound', 'Target Sound', 'Target Sound2', 'SFX', 'MyTone'];
  const set = (object: string, children: readonly JsonObject[], more: JsonObject = {}) =>
    room.call('object.set', {
      objects: [{ object, children, onNameConflict: 'merge', listMode: 'append', ...more }],
    });
  await set('\\Switches\\Default Work Unit', [
    child('SwitchGroup', 'MyGroup', { children: [child('Switch', 'One')] }),
  ]);
  await set('\\States\\Default Work Unit', [child('StateGroup', 'MyStateGroup')]);
  await set('\\Game Parameters\\Default Work Unit', [child('GameParameter', 'MyGameParam')]);
  await set('\\Triggers\\Default Work Unit', [child('Trigger', 'UniqueTriggerName')]);
  await set('\\Attenuations\\Default Work Unit', [child('Attenuation', 'MyAttenuation')]);
  await set('\\SoundBanks\\Default Work Unit', [child('SoundBank', 'MyBank')]);
  await set('\\Metadata\\Default Work Unit', [child('Metadata', 'MyMetadata', { classId: 58982409 })]);
  await set('\\Busses\\Default Work Unit\\Main Audio Bus', [child('Bus', 'Environment Bus')]);
  await set('\\Containers', [child('WorkUnit', 'Import'), child('WorkUnit', 'External Sources')]);
  await set('\\Effects', [child('WorkUnit', 'Factory Effects')]);
  await set('\\Effects\\Factory Effects', [
    child('Folder', 'Flanger', {
      children: [
        child('Folder', 'Chorus', { children: [child('Effect', 'Chorus_Like', { classId: 8192003 })] }),
      ],
    }),
  ]);
  await set('\\Containers\\External Sources', [
    child('Sequence Container', 'Three Numbers in a Row', {
      children: ['1st Number', '2nd Number'].map((name) => child('Sound', name)),
    }),
  ]);
  const pair = [child('Sound', 'A'), child('Sound', 'B')];
  await set(home, [
    ...sounds.map((name) => child('Sound', name)),
    child('Sound Voice', 'MyVoice'),
    child('Folder', 'MyFolder'),
    child('MusicSegment', 'My Segment', { '@Stingers': [child('MusicStinger', '')] }),
    child('BlendContainer', 'MyBlend', { children: pair }),
    child('SwitchContainer', 'MySwitch', {
      '@SwitchGroupOrStateGroup': '\\Switches\\Default Work Unit\\MyGroup',
      children: pair,
    }),
  ]);
  await set('\\Events\\Default Work Unit', [child('Event', 'MyEvent')]);
  const wave = join(room.dir, 'MyAudioSource.wav');
  writeFileSync(wave, toneBytes({ channels: 2 }));
  await room.call('audio.import', {
    importOperation: 'useExisting',
    imports: [
      {
        audioFile: wave,
        importLanguage: 'SFX',
        objectPath: `${home}\\<Sound SFX>MySoundSFX\\<AudioFileSource>MyAudioSource`,
      },
    ],
  });
  await room.call('switchContainer.addAssignment', {
    child: `${home}\\MySwitch\\A`,
    stateOrSwitch: '\\Switches\\Default Work Unit\\MyGroup\\One',
  });
  const track = await room.call('blendContainer.addTrack', { object: `${home}\\MyBlend`, name: 'Track' });
  await room.call('blendContainer.addAssignment', { object: track.id ?? '', child: `${home}\\MyBlend\\A` });
  const rtpc = await room.call('object.set', {
    objects: [
      { object: `${home}\\Target Sound`, '@RTPC': [child('RTPC', '', { '@PropertyName': 'Volume' })] },
    ],
  });
  const made = asJsonObject(asJsonArray(asJsonObject(asJsonArray(rtpc.objects)[0])['@RTPC'])[0]);
  const stinger = room.project.model.ofType('MusicStinger');
  const named = new Map([
    ['Blend Track', asString(track.id) ?? ''],
    ['RTPC', asString(made.id) ?? ''],
    ['Stinger', [...stinger][0]?.id ?? ''],
  ]);
  for (const { id, name } of room.project.model.platforms) named.set(`Platform:${name}`, id);
  for (const name of ['soundbank_definitions_1-3.txt', 'soundbank_definitions_4-401'])
    writeFileSync(join(room.dir, 'Test', name), 'Bank\t"MyEvent"\n');
  return named;
}

/** The example with GUIDs that exist and files that can be read. */
function translated(room: EngineRoom, value: Json, ids: ReadonlyMap<string, string>): Json {
  const texts = (text: string): string => {
    const withIds = text.replace(/\{[0-9a-fA-F-]{36}\}/g, (guid) => ids.get(guid) ?? guid);
    const media = /^[cC]:\\(.+\\)?([^\\]+\.(?:wav|mid))$/.exec(withIds);
    if (media === null) return withIds;
    const path = join(room.dir, media[2] ?? '');
    writeFileSync(path, path.endsWith('.mid') ? midiBytes() : toneBytes({}));
    return path;
  };
  if (typeof value === 'string') return texts(value);
  if (Array.isArray(value)) return value.map((item) => translated(room, item, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, translated(room, item ?? null, ids)]),
  );
}

function projectWithLanguages(dir: string): string {
  const projectPath = join(dir, 'Test', 'Test.wproj');
  createProject(projectPath, { languages: ['English(US)', 'French', 'EN_US', 'FR_CA'] });
  return projectPath;
}

describe.skipIf(examples.length === 0)(
  'the documented examples (need the fact base beside the repository)',
  () => {
    it.each(examples.map((example) => [Number(example.index), String(example.uri), example] as const))(
      '%i of %s fits the schema',
      (_index, uri, example) => {
        checkArguments(uri, asJsonObject(example.args), asJsonObject(example.options));
      },
    );

    const runnable = examples.filter(
      ({ index, uri }) => unprepared[Number(index)] === undefined && concernsObjects.test(String(uri)),
    );
    // In the sample, the first of each function.
    const tried = runnable.filter(
      ({ uri }, at) => isLong || runnable.findIndex((other) => other.uri === uri) === at,
    );
    it.each(tried.map((example) => [Number(example.index), String(example.uri), example] as const))(
      '%i of %s runs',
      async (index, uri, example) => {
        await withEngine(async (room) => {
          const named = await prepare(room);
          const guids = [...new Set(JSON.stringify(example.args).match(/\{[0-9a-fA-F-]{36}\}/g) ?? [])];
          const ids = new Map(
            guids.map((guid, at) => {
              const spec = standIns[index]?.[at] ?? '';
              const object = spec.startsWith('\\')
                ? room.project.model.byPath(spec)
                : room.project.model.byName(spec.split(':')[0] ?? '', spec.split(':')[1] ?? '');
              return [guid, named.get(spec) ?? object?.id ?? guid];
            }),
          );
          for (const uriBefore of before[index] ?? [])
            await room.call(
              uriBefore,
              uriBefore === 'object.setNotes' ? { object: `${home}\\MySound`, value: 'changed' } : {},
            );
          const args = asJsonObject(translated(room, asJsonObject(example.args), ids));
          const result = await room.session.call(uri, args, asJsonObject(example.options));
          expect(JSON.stringify(result)).not.toContain('"severity":"Error"');
          for (const member of Object.keys(asJsonObject(example.result))) {
            if (!illustrative[uri]?.includes(member)) expect(result).toHaveProperty(member);
          }
        }, projectWithLanguages);
      },
    );
  },
);
