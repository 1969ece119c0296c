import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { type EraProject, eras, writeEraProject } from '../../../harness/era-project.ts';

const formerEras = eras.filter((schema) => schema < 131);
const music = '\\Interactive Music Hierarchy\\Default Work Unit';
const hall = '\\Effects\\Default Work Unit\\Hall';

/** An era's project with a playlist of two segments, each with a track, as former versions wrote them. */
async function inEra(
  schema: (typeof eras)[number],
  work: (room: EngineRoom, era: EraProject, read: (file: 'containers' | 'music') => string) => Promise<void>,
): Promise<void> {
  const made: EraProject[] = [];
  await withEngine(
    async (room) => {
      const [era] = made;
      if (era === undefined) throw new Error('no project');
      const files = { containers: era.files.containers ?? '', music: musicFile(era) };
      await work(room, era, (file) => readFileSync(files[file], 'utf8').replaceAll('\r\n', '\n'));
    },
    (folder) => {
      const era = writeEraProject(folder, schema);
      addMusic(era, schema);
      made.push(era);
      return era.projectPath;
    },
  );
}

function musicFile(era: EraProject): string {
  return join(dirname(era.projectPath), 'Interactive Music Hierarchy', 'Default Work Unit.wwu');
}

function guid(number: number): string {
  return `{0000${number}-2222-4222-8333-444455556666}`;
}

function addMusic(era: EraProject, schema: number): void {
  const inList = (name: string, section: string, item: string): string =>
    schema < 103
      ? `<${section}>${item}</${section}>`
      : `<ObjectLists><ObjectList Name="${name}"><Reference><Local>${item}</Local></Reference></ObjectList></ObjectLists>`;
  const clip = `<MusicClip Name="Clip" ID="${guid(1001)}"><PropertyList><Property Name="PlayAt" Type="Real64" Value="1500"/></PropertyList><AudioSourceRef Name="Boom" ID="${guid(1002)}"/></MusicClip>`;
  const sequence = `<MusicTrackSequence Name="" ID="${guid(1003)}">${inList('Clips', 'ClipList', clip)}</MusicTrackSequence>`;
  const transition = `<MusicTransition Name="Root" ID="${guid(1004)}"><TransitionInfo/></MusicTransition>`;
  const isFormer = schema < 119;
  const track = `<MusicTrack Name="Track" ID="${guid(1005)}">${
    isFormer
      ? `<TransitionList>${transition}</TransitionList>`
      : `<ReferenceList><Reference Name="TransitionRoot"><Custom>${transition}</Custom></Reference></ReferenceList>`
  }${inList('Sequences', 'SequenceList', sequence)}</MusicTrack>`;
  const cue = `<MusicCue Name="Entry Cue" ID="${guid(1006)}"/>`;
  const one = `<MusicSegment Name="One" ID="${guid(1007)}"><ChildrenList>${track}</ChildrenList>${inList('Cues', 'CueList', cue)}</MusicSegment>`;
  const two = `<MusicSegment Name="Two" ID="${guid(1008)}"/>`;
  const segment = isFormer
    ? `<SegmentRef Name="One" ID="${guid(1007)}"/>`
    : `<ReferenceList><Reference Name="Segment"><ObjectRef Name="One" ID="${guid(1007)}" WorkUnitID="${guid(1000)}"/></Reference></ReferenceList>`;
  const item = `<MusicPlaylistItem Name="" ID="${guid(1009)}"><ChildrenList><MusicPlaylistItem Name="" ID="${guid(1010)}">${segment}</MusicPlaylistItem></ChildrenList></MusicPlaylistItem>`;
  const stingerSegment = isFormer
    ? `<SegmentRef Name="Two" ID="${guid(1008)}" WorkUnitID="${guid(1000)}"/>`
    : `<ReferenceList><Reference Name="Segment"><ObjectRef Name="Two" ID="${guid(1008)}" WorkUnitID="${guid(1000)}"/></Reference></ReferenceList>`;
  const stinger = inList(
    'Stingers',
    'StingerList',
    `<MusicStinger Name="" ID="${guid(1011)}">${stingerSegment}</MusicStinger>`,
  );
  const root = isFormer
    ? ''
    : `<ReferenceList><Reference Name="PlaylistRoot"><Custom>${item}</Custom></Reference></ReferenceList>`;
  const list = `<MusicPlaylistContainer Name="List" ID="${guid(1012)}">${root}<ChildrenList>${one}${two}</ChildrenList>${stinger}${isFormer ? `<Playlist>${item}</Playlist>` : ''}</MusicPlaylistContainer>`;
  const unit = `<WorkUnit Name="Default Work Unit" ID="${guid(1000)}" PersistMode="Standalone"><ChildrenList>${list}</ChildrenList></WorkUnit>`;
  mkdirSync(dirname(musicFile(era)), { recursive: true });
  writeFileSync(
    musicFile(era),
    `<?xml version="1.0" encoding="utf-8"?>\n${indented(`<WwiseDocument Type="WorkUnit" ID="${guid(1000)}" SchemaVersion="${schema}"><InteractiveMusic>${unit}</InteractiveMusic></WwiseDocument>`)}`,
  );
  const folder =
    '<PhysicalFolder Path="Interactive Music Hierarchy">\n\t<WorkUnit Name="Interactive Music Hierarchy" ID="{49FED366-B530-42A8-993B-924873AAB707}" PersistMode="Standalone"/>\n</PhysicalFolder>';
  const project = readFileSync(era.projectPath, 'utf8');
  writeFileSync(era.projectPath, project.replace('<PhysicalFolderList>', `$&${folder}`));
}

/** One tag per line, a tab per depth. */
function indented(text: string): string {
  let depth = 0;
  const lines = text.split(/(?<=>)(?=<)/).map((tag) => {
    if (tag.startsWith('</')) depth--;
    const line = '\t'.repeat(depth) + tag;
    if (!tag.startsWith('</') && !tag.endsWith('/>')) depth++;
    return line;
  });
  return `${lines.join('\n')}\n`;
}

async function rows(
  room: EngineRoom,
  waql: string,
  ...expressions: string[]
): Promise<readonly JsonObject[]> {
  const { return: found } = await room.call('object.get', { waql }, { return: expressions });
  return found as readonly JsonObject[];
}

/** Runs the edits, saves, then undoes them one by one: the files must have their bytes again. */
async function undoable(
  room: EngineRoom,
  files: readonly (() => string)[],
  edits: readonly (() => Promise<unknown>)[],
) {
  const before = files.map((read) => read());
  for (const edit of edits) await edit();
  await room.call('project.save');
  const after = files.map((read) => read());
  for (const _ of edits) await room.call('undo.undo');
  await room.call('project.save');
  expect(files.map((read) => read())).toEqual(before);
  return after;
}

describe.each(formerEras)('music lists of schema %i', (schema) => {
  it('are read: clips, cues, sequences, stingers, transitions, the root of the playlist and its segments', () =>
    inEra(schema, async (room, era) => {
      expect(checkProject(era.projectPath)).toMatchObject({ strayFiles: [], brokenFiles: [] });
      const list = `"${music}\\List"`;
      expect(
        await rows(room, `"${music}\\List\\One\\Track"`, 'Sequences.Clips.name', 'TransitionRoot.name'),
      ).toEqual([{ 'Sequences.Clips.name': ['Clip'], 'TransitionRoot.name': 'Root' }]);
      expect(await rows(room, `${list} select PlaylistRoot.children`, 'Segment.name')).toEqual([
        { 'Segment.name': 'One' },
      ]);
      expect(await rows(room, `${list}`, 'musicPlaylistRoot.id', 'Stingers.Segment.name')).toEqual([
        { 'musicPlaylistRoot.id': guid(1009), 'Stingers.Segment.name': ['Two'] },
      ]);
      expect(await rows(room, `"${music}\\List\\One"`, 'Cues.name', 'Cues.first().PlayAt')).toEqual([
        { 'Cues.name': ['Entry Cue'] },
      ]);
    }));

  it('are written where that version keeps them, replaced, and rolled back to the byte', () =>
    inEra(schema, async (room, _era, read) => {
      const set = (object: string, members: JsonObject, listMode = 'append') =>
        room.call('object.set', { objects: [{ object, ...members }], listMode });
      const [text = ''] = await undoable(
        room,
        [() => read('music')],
        [
          () =>
            set(`${music}\\List\\One`, {
              '@Cues': [{ type: 'MusicCue', name: 'Hit', '@CueType': 2, '@TimeMs': 250 }],
            }),
          () =>
            set(
              `${music}\\List\\One\\Track`,
              { '@Sequences': [{ type: 'MusicTrackSequence', name: '' }] },
              'replaceAll',
            ),
          () =>
            set(
              `${music}\\List`,
              { '@Stingers': [{ type: 'MusicStinger', name: '', '@Segment': `${music}\\List\\One` }] },
              'replaceAll',
            ),
          () =>
            set(`${music}\\List`, {
              '@PlaylistRoot': {
                type: 'MusicPlaylistItem',
                name: '',
                children: [
                  {
                    type: 'MusicPlaylistItem',
                    name: '',
                    '@PlaylistItemType': 1,
                    '@Segment': `${music}\\List\\Two`,
                  },
                ],
              },
            }),
        ],
      );
      const isOwn = schema < 103;
      expect(/<CueList>\n\t+<MusicCue Name="Entry Cue"[^>]*>\n\t+<MusicCue Name="Hit"/.test(text)).toBe(
        isOwn,
      );
      expect(/<Local>\n\t+<MusicCue Name="Hit"/.test(text)).toBe(!isOwn);
      expect(
        /<SequenceList>\n\t+<MusicTrackSequence Name="" ID="[^"]*"\/>\n\t+<\/SequenceList>/.test(text),
      ).toBe(isOwn);
      expect(text).not.toContain('MusicClip');
      expect(text).not.toContain(guid(1009));
      expect(
        /<StingerList>\n\t+<MusicStinger [^>]*>\n\t+<SegmentRef Name="One" ID="[^"]*" WorkUnitID=/.test(text),
      ).toBe(isOwn);
      expect(/<SegmentRef Name="Two" ID="[^"]*"\/>/.test(text)).toBe(schema < 119);
      expect(text.includes('<Reference Name="PlaylistRoot">')).toBe(schema >= 119);
      expect(text.includes('ObjectLists')).toBe(!isOwn);
    }));

  it('come with new music objects', () =>
    inEra(schema, async (room, _era, read) => {
      const [text = ''] = await undoable(
        room,
        [() => read('music')],
        [
          () =>
            room.call('object.create', {
              parent: music,
              type: 'MusicPlaylistContainer',
              name: 'New',
              children: [
                { type: 'MusicSegment', name: 'Part', children: [{ type: 'MusicTrack', name: 'Voices' }] },
              ],
            }),
        ],
      );
      expect(text.includes('<CueList>')).toBe(schema < 103);
      expect(/<Playlist>\n\t+<MusicPlaylistItem Name="" ID="[^"]*" ShortID="\d+"\/>/.test(text)).toBe(
        schema < 119,
      );
      expect(/<\/TransitionList>\n\t+<SequenceList>/.test(text)).toBe(schema < 103);
    }));
});

describe.each(formerEras)('the playlist of a sequence container of schema %i', (schema) => {
  it('takes designators and slots, replaces links without touching what they point at', () =>
    inEra(schema, async (room, era, read) => {
      const one = `${era.sequence}\\One`;
      const two = `${era.sequence}\\Two`;
      const slot = { type: 'PlaylistSlot', name: '', '@PlaylistObject': two };
      const [text = ''] = await undoable(
        room,
        [() => read('containers')],
        [
          () =>
            room.call('object.set', {
              objects: [{ object: era.sequence, '@Playlist': [two, one, two] }],
              listMode: 'replaceAll',
            }),
          () => room.call('object.set', { objects: [{ object: era.sequence, '@Playlist': [slot] }] }),
        ],
      );
      const isItems = schema < 119;
      const names = isItems
        ? [...text.matchAll(/<ItemRef Name="(One|Two)" ID="[^"]*"\/>/g)]
        : [...text.matchAll(/<Reference>\n\t+<ObjectRef Name="(One|Two)" ID="[^"]*" WorkUnitID="[^"]*"\/>/g)];
      expect(names.map(([, name]) => name)).toEqual(['Two', 'One', 'Two', 'Two']);
      expect(text).not.toContain('PluginInnerObject');
      expect(await rows(room, `"${era.sequence}"`, 'Playlist.name')).toEqual([
        { 'Playlist.name': ['One', 'Two'] },
      ]);
    }));

  it('refuses what it cannot hold, and nothing changes', () =>
    inEra(schema, async (room, era) => {
      for (const item of [
        '\\Events\\Default Work Unit\\Play_Boom',
        { type: 'PlaylistSlot', name: '' },
        { type: 'PlaylistSlot', name: '', '@PlaylistObject': `${era.sequence}\\One`, '@Weight': 1 },
      ]) {
        await room.refused('object.set', {
          objects: [{ object: era.sequence, '@Playlist': [item] }],
          listMode: 'replaceAll',
        });
        expect(room.project.isDirty).toBe(false);
      }
    }));
});

describe.each(formerEras.filter((schema) => schema < 119))('the effects of schema %i', (schema) => {
  it('go to the four places with their flags, custom and shared, and are replaced as a whole', () =>
    inEra(schema, async (room, era, read) => {
      const [text = ''] = await undoable(
        room,
        [() => read('containers')],
        [
          () =>
            room.call('object.set', {
              objects: [
                {
                  object: era.boom,
                  '@Effects': [
                    { type: 'EffectSlot', name: '', '@Effect': hall, '@Bypass': true },
                    {
                      type: 'EffectSlot',
                      name: '',
                      '@Effect': { type: 'Effect', name: 'Verb', classId: 7733251, '@PreDelay': 24 },
                    },
                  ],
                },
              ],
            }),
        ],
      );
      expect(text).toMatch(
        /<Reference Name="Effect1" PluginName="Wwise RoomVerb"[^>]*>\n\t+<ObjectRef Name="Hall"/,
      );
      expect(text).toMatch(
        /<Reference Name="Effect2" PluginName="Wwise RoomVerb"[^>]*>\n\t+<Custom>\n\t+<Effect Name="Verb"/,
      );
      expect(text).toMatch(/<Property Name="BypassEffect1" Type="bool">\n\t+<ValueList>\n\t+<Value>True</);
      expect(text).not.toContain('EffectSlot');
      const bang = {
        object: `${era.mixer}\\Bang`,
        '@Effects': [{ type: 'EffectSlot', name: '', '@Effect': hall }],
      };
      await room.call('object.set', { objects: [bang], listMode: 'append' });
      await room.call('object.set', { objects: [{ ...bang, object: era.boom }], listMode: 'replaceAll' });
      const shown = ['name', 'Effects.name', '@Effect0.name', 'BypassEffect1'];
      expect(await rows(room, `"${era.boom}"`, ...shown)).toEqual([
        { name: 'Boom', 'Effects.name': ['Hall'], '@Effect0.name': 'Hall', BypassEffect1: false },
      ]);
      expect(await rows(room, `"${hall}"`, 'name')).toEqual([{ name: 'Hall' }]);
      expect(await rows(room, '$ where BypassEffect0 = true', 'name')).toEqual([]);
    }));

  it('are four at most, and a slot holds nothing more', () =>
    inEra(schema, async (room, era) => {
      const slot = { type: 'EffectSlot', name: '', '@Effect': hall };
      const set = (effects: readonly JsonObject[]) =>
        room.refused('object.set', { objects: [{ object: era.boom, '@Effects': effects }] });
      expect((await set([slot, slot, slot, slot])).message).toContain('room for four effects');
      expect((await set([{ ...slot, '@RTPC': [] }])).message).toContain('nothing else');
      expect((await set([{ type: 'EffectSlot', name: '' }])).message).toContain('"@Effect"');
      expect(room.project.isDirty).toBe(false);
    }));
});

describe.each([80, 89, 97] as const)('schema %i', (schema) => {
  it('has no markers or metadata, and says so', () =>
    inEra(schema, async (room, era) => {
      const refused = await room.refused('object.set', {
        objects: [{ object: era.boom, '@Metadata': ['\\Effects\\Default Work Unit\\Hall'] }],
      });
      expect(refused.message).toMatch(/does not write the list Metadata in the file format of Wwise/);
      expect(room.project.isDirty).toBe(false);
    }));
});

describe.each(formerEras)('pasting in a project of schema %i', (schema) => {
  it('puts effects, RTPCs and links where that version keeps them, and rolls them back to the byte', () =>
    inEra(schema, async (room, era, read) => {
      const bang = `${era.mixer}\\Bang`;
      const [text = ''] = await undoable(
        room,
        [() => read('containers')],
        [() => room.call('object.pasteProperties', { source: era.boom, targets: [bang] })],
      );
      expect(text.match(/<RTPCList>\n\t+<RTPC /g) ?? []).toHaveLength(schema < 110 ? 2 : 0);
      expect(text.match(/<Local>\n\t+<RTPC /g) ?? []).toHaveLength(schema < 110 ? 0 : 2);
      expect(text.match(/<Reference Name="Effect0"/g) ?? []).toHaveLength(schema < 119 ? 2 : 0);
      expect(text.match(/<Local>\n\t+<EffectSlot /g) ?? []).toHaveLength(schema < 119 ? 0 : 2);
      expect(text.match(/<RTPC Name="" ID="([^"]*)"/g)?.map((head) => head)).toHaveLength(2);
    }));
});
