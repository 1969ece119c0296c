import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { copySample, samplesDir } from '../../../harness/sample-project.ts';
import { writeTone } from '../../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';

function saved(room: EngineRoom, ...folders: string[]): string {
  return readFileSync(join(room.dir, ...folders, 'Default Work Unit.wwu'), 'utf8');
}

/** The element of that name, with ids of all kinds blanked and indentation dropped. */
function form(text: string, type: string, name: string): string {
  const start = text.indexOf(`<${type} Name="${name}"`);
  const close = `</${type}>`;
  const lineEnd = text.indexOf('\n', start);
  const isEmpty = text.slice(start, lineEnd).trimEnd().endsWith('/>');
  const end = isEmpty ? lineEnd : text.indexOf(close, start) + close.length;
  return text
    .slice(start, end)
    .replaceAll(name, 'NAME')
    .replace(/\{[0-9A-F-]{36}\}/g, '{}')
    .replace(/ShortID="\d+"/g, 'ShortID=""')
    .replace(/\s*\n\s*/g, '\n')
    .trimEnd();
}

describe.skipIf(!existsSync(samplesDir))('a new object (needs the sample projects)', () => {
  const sample = (dir: string): string => {
    const copy = copySample('pywwise-2024.1', dir);
    return join(copy, readdirSync(copy).find((entry) => entry.endsWith('.wproj')) ?? '');
  };
  const music = '\\Interactive Music Hierarchy\\Default Work Unit';
  for (const [type, parent, file, twin] of [
    ['MusicTrack', `${music}\\New Segment`, 'Interactive Music Hierarchy', 'MusicTrack_Test'],
    ['DialogueEvent', '\\Dynamic Dialogue\\Default Work Unit', 'Dynamic Dialogue', 'DialogueEvent_Test'],
    ['Query', '\\Queries\\Default Work Unit', 'Queries', 'Query_Test'],
    ['MixingSession', '\\Mixing Sessions\\Default Work Unit', 'Mixing Sessions', 'MixingSession_Test'],
    [
      'AcousticTexture',
      '\\Virtual Acoustics\\Default Work Unit',
      'Virtual Acoustics',
      'AcousticTexture_Test',
    ],
    [
      'Conversion',
      '\\Conversion Settings\\Default Work Unit',
      'Conversion Settings',
      'ConversionSettings_Test',
    ],
    [
      'ControlSurfaceSession',
      '\\Control Surface Sessions\\Default Work Unit',
      'Control Surface Sessions',
      'ControlSurface_Test',
    ],
    ['ModulatorTime', '\\Modulators\\Default Work Unit', 'Modulators', 'ModTime_Test'],
  ] as const) {
    it(`of type ${type} is written as Wwise writes one`, () =>
      withEngine(async (room) => {
        await room.call('object.create', { parent: music, type: 'MusicSegment', name: 'New Segment' });
        await room.call('object.create', { parent, type, name: 'Brand_New' });
        await room.call('project.save');
        const text = saved(room, 'pywwise-2024.1', file);
        expect(form(text, type, 'Brand_New')).toBe(form(text, type, twin));
      }, sample));
  }

  it('of a music container is written as Wwise writes one, but for its children', () =>
    withEngine(async (room) => {
      for (const type of ['MusicSwitchContainer', 'MusicPlaylistContainer', 'MusicSegment'])
        await room.call('object.create', { parent: music, type, name: `Brand New ${type}` });
      await room.call('project.save');
      const text = saved(room, 'pywwise-2024.1', 'Interactive Music Hierarchy');
      const head = (name: string, type: string): string =>
        form(text, type, name).split('\n<ChildrenList>\n<Music')[0]?.split('\n</Music')[0] ?? '';
      for (const type of ['MusicSwitchContainer', 'MusicPlaylistContainer']) {
        expect(head(`Brand New ${type}`, type)).toBe(head(`${type}_Test`, type));
      }
      const cues = (name: string): string =>
        form(text, 'MusicSegment', name).split('<ObjectList Name="Cues">')[1] ?? '';
      expect(cues('Brand New MusicSegment')).toBe(cues('MusicSegment_Test'));
    }, sample));

  it('of a music container of 2022.1 has its roots in elements of their own', () =>
    withEngine(
      async (room) => {
        const parent = '\\Interactive Music Hierarchy\\Default Work Unit';
        for (const type of ['MusicSwitchContainer', 'MusicPlaylistContainer'])
          await room.call('object.create', { parent, type, name: `New ${type}` });
        await room.call('project.save');
        const text = saved(room, 'gyms-2022.1', 'Interactive Music Hierarchy');
        for (const type of ['MusicSwitchContainer', 'MusicPlaylistContainer']) {
          const made = form(text, type, `New ${type}`);
          expect(made).toContain('<TransitionList>\n<MusicTransition Name="Root"');
          expect(made).not.toContain('TransitionRoot');
          expect(made.includes('<Playlist>\n<MusicPlaylistItem Name=""')).toBe(
            type === 'MusicPlaylistContainer',
          );
        }
        const roots = { waql: `"${parent}" select children`, options: ['TransitionRoot', 'PlaylistRoot'] };
        const { return: rows } = await room.call(
          'object.get',
          { waql: roots.waql },
          { return: roots.options },
        );
        expect(rows).toEqual([
          { TransitionRoot: { id: expect.any(String), name: 'Root' } },
          {
            TransitionRoot: { id: expect.any(String), name: 'Root' },
            PlaylistRoot: { id: expect.any(String) },
          },
        ]);
      },
      (dir) => {
        const copy = copySample('gyms-2022.1', dir);
        return join(copy, readdirSync(copy).find((entry) => entry.endsWith('.wproj')) ?? '');
      },
    ));
});

describe('object.create and object.set', () => {
  it('make States and Switches; a described None is the one the group was born with', async () => {
    await withEngine(async ({ call, project }) => {
      await call('object.create', {
        parent: '\\States\\Default Work Unit',
        type: 'StateGroup',
        name: 'Mood',
        children: ['None', 'Calm'].map((name) => ({ type: 'State', name })),
      });
      const group = project.model.byName('StateGroup', 'Mood');
      expect(group?.children.map(({ name }) => name)).toEqual(['None', 'Calm']);
    });
  });

  it('make a music hierarchy whose playlist names its own segment', async () => {
    await withEngine(async ({ call }) => {
      const item = { type: 'MusicPlaylistItem', name: '' };
      await call('object.set', {
        objects: [
          {
            object: home,
            children: [
              {
                type: 'MusicPlaylistContainer',
                name: 'Tune',
                '@PlaylistRoot': {
                  ...item,
                  children: [{ ...item, '@PlaylistItemType': 1, '@Segment': `${home}\\Tune\\Intro` }],
                },
                children: [
                  {
                    type: 'MusicSegment',
                    name: 'Intro',
                    '@Cues': [{ type: 'MusicCue', name: 'Drop', '@TimeMs': 500, '@CueType': 2 }],
                    children: [{ type: 'MusicTrack', name: 'Drums' }],
                  },
                ],
              },
            ],
          },
        ],
      });
      const { return: rows } = await call(
        'object.get',
        { waql: `"${home}\\Tune"` },
        { return: ['PlaylistRoot.children.Segment.name', 'children.Cues.name', 'children.children.type'] },
      );
      expect(rows).toEqual([
        {
          'PlaylistRoot.children.Segment.name': ['Intro'],
          'children.Cues.name': ['Entry Cue', 'Exit Cue', 'Drop'],
          'children.children.type': ['MusicTrack'],
        },
      ]);
    });
  });

  it('fill the slots of 2025.1, and the file opens again', async () => {
    await withEngine(async (room) => {
      const objects: JsonObject[] = [
        {
          object: home,
          children: [
            {
              type: 'Sequence Container',
              name: 'Steps',
              children: ['A', 'B', 'C'].map((name) => ({ type: 'Sound', name })),
              '@Playlist': ['B', 'A', 'B'].map((name) => ({
                type: 'PlaylistSlot',
                name: '',
                '@PlaylistObject': `${home}\\Steps\\${name}`,
              })),
              '@Metadata': [
                {
                  type: 'MetadataSlot',
                  name: '',
                  '@Metadata': { type: 'Metadata', name: 'Own', classId: 58982409 },
                },
              ],
            },
          ],
        },
        {
          object: '\\Devices\\Default Work Unit',
          children: [{ type: 'AudioDevice', name: 'Out', classId: 11403271 }],
        },
      ];
      await room.call('object.set', { objects });
      await room.call('object.create', {
        parent: `${home}\\Steps`,
        list: 'Playlist',
        type: 'PlaylistSlot',
        name: '',
        '@PlaylistObject': `${home}\\Steps\\C`,
      });
      await room.call('object.delete', { object: `${home}\\Steps\\C` });
      await room.call('project.save');
      expect(saved(room, 'Test', 'Containers')).toContain(
        'PluginName="PlaylistSlot" CompanyID="0" PluginID="86"',
      );
      expect(saved(room, 'Test', 'Devices')).toContain(
        'PluginName="System" CompanyID="0" PluginID="174" PluginType="7"',
      );
      room.project.close();
      const again = await openProject(room.project.filePath);
      const steps = again.model.byPath(`${home}\\Steps`);
      const slots = steps === undefined ? [] : (again.model.list(steps, 'Playlist') ?? []);
      expect(slots.map((slot) => again.model.reference(slot, 'PlaylistObject')?.name)).toEqual([
        'B',
        'A',
        'B',
      ]);
      again.close();
    });
  });

  it('refuse plug-ins without a class id, and audio sources without a file', async () => {
    await withEngine(async ({ refused, call }) => {
      const refusal = async (object: string, child: JsonObject) =>
        (await refused('object.set', { objects: [{ object, children: [child] }] })).message;
      expect(await refusal('\\Devices\\Default Work Unit', { type: 'AudioDevice', name: 'Out' })).toBe(
        'Object of type AudioDevice needs a classId.',
      );
      expect(
        await refusal('\\Devices\\Default Work Unit', { type: 'AudioDevice', name: 'Out', classId: 7 }),
      ).toContain('No audio device plug-in with class id 7 is known');
      await call('object.create', { parent: home, type: 'Sound', name: 'Boom' });
      expect(await refusal(`${home}\\Boom`, { type: 'AudioFileSource', name: 'x' })).toContain(
        'made by importing one file',
      );
    });
  });
});

describe('WAQL accessors of SoundBanks, Blend Containers and Events', () => {
  it('follow what a bank includes', async () => {
    await withEngine(async ({ call }) => {
      const sound =
        asString((await call('object.create', { parent: home, type: 'Sound', name: 'Boom' })).id) ?? '';
      await call('object.create', {
        parent: '\\Events\\Default Work Unit',
        type: 'Event',
        name: 'Play',
        children: [{ type: 'Action', name: '', '@Target': sound }],
      });
      await call('object.create', { parent: '\\Events\\Default Work Unit', type: 'Event', name: 'Empty' });
      await call('object.create', {
        parent: '\\SoundBanks\\Default Work Unit',
        type: 'SoundBank',
        name: 'Main',
      });
      await call('soundbank.setInclusions', {
        soundbank: 'SoundBank:Main',
        operation: 'add',
        inclusions: [{ object: 'Event:Play', filter: ['events', 'structures', 'media'] }],
      });
      const ask = async (waql: string, ...expressions: string[]) => {
        const result = await call('object.get', { waql }, { return: expressions });
        return asJsonArray(result.return).map((row) => Object.values(asJsonObject(row)));
      };
      expect(
        await ask('$ from type SoundBank', 'extractEvents.name', 'extractStructures.name', 'extractMedia'),
      ).toEqual([[['Play'], ['Boom'], []]]);
      expect(
        await ask('$ from type Event orderby name', 'soundbanksReferencingEvent.name', 'validity'),
      ).toEqual([
        [[], { isValid: false, details: 'The Event has no Action.', severity: 'Error' }],
        [['Main'], { isValid: true }],
      ]);
      await call('object.create', { parent: home, type: 'BlendContainer', name: 'Mix' });
      await call('blendContainer.addTrack', { object: `${home}\\Mix`, name: 'One' });
      expect(await ask('$ from type BlendContainer', 'blendTracks.name', 'supportsRandomizer')).toEqual([
        [['One'], true],
      ]);
    });
  });
});

describe('the duration of containers', () => {
  it('is that of one child, of all of them in turn, or of the longest', async () => {
    await withEngine(async ({ call, dir }) => {
      for (const [name, seconds] of [
        ['short', 1],
        ['long', 2],
      ] as const)
        writeTone(join(dir, `${name}.wav`), { seconds });
      const fill = (container: string, name: string) =>
        ['short', 'long'].map((file) => ({
          audioFile: join(dir, `${file}.wav`),
          objectPath: `${home}\\<${container}>${name}\\<Sound SFX>${file}`,
          importLanguage: 'SFX',
        }));
      await call('audio.import', {
        importOperation: 'useExisting',
        imports: [
          ...fill('Random Container', 'One'),
          ...fill('Sequence Container', 'All'),
          ...fill('Blend Container', 'Both'),
        ],
      });
      await call('object.setProperty', {
        object: `${home}\\All`,
        property: 'PlayMechanismStepOrContinuous',
        value: 0,
      });
      const { return: rows } = await call(
        'object.get',
        { waql: `"${home}\\One", "${home}\\All", "${home}\\Both"` },
        { return: ['duration'] },
      );
      expect(rows).toEqual([
        { duration: { min: 1, max: 2, type: 'OneShot' } },
        { duration: { min: 3, max: 3, type: 'OneShot' } },
        { duration: { min: 2, max: 2, type: 'OneShot' } },
      ]);
    });
  });
});
