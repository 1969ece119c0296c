import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ProjectRoom, withProject } from '../../harness/project.ts';
import { writeTone } from '../../harness/wave.ts';

// Interactive music written by the embedded engine into real project files.

const home = '\\Containers\\Default Work Unit';
const music = `${home}\\Music`;

/** A Music Switch Container with a playlist of two segments and a third segment; a State Group and a Trigger. */
async function score({ done, dir }: ProjectRoom): Promise<void> {
  const drums = `${dir}/drums.wav`;
  writeTone(drums, { seconds: 1.5 });
  await done('create_object', { type: 'MusicSwitchContainer', name: 'Music', parentPath: home });
  for (const [name, parentPath] of [
    ['Intro', home],
    ['Verse', home],
    ['Battle', music],
  ]) {
    await done('create_music_segment', {
      name,
      parentPath,
      tempo: 96,
      tracks: [{ name: 'Drums', filePath: drums }, { name: 'Bass' }],
    });
  }
  const segments = [{ segment: `${home}\\Intro`, loopCount: 2 }, { segment: `${home}\\Verse` }];
  await done('create_music_playlist', { name: 'Song', parentPath: music, mode: 'randomStep', segments });
  await done('create_state_group', { name: 'Mood', members: ['Calm', 'Tense'] });
  await done('create_object', { type: 'Trigger', name: 'Hit', parentPath: '\\Triggers\\Default Work Unit' });
}

describe('create_music_segment', () => {
  it('imports into its tracks and ends with the longest file', () =>
    withProject(async (room) => {
      await score(room);
      expect(await room.done('get_music', { objectId: `${music}\\Battle` })).toMatchObject({
        tempo: 96,
        endMs: 1500,
        cues: [
          { kind: 'entry', timeMs: 0 },
          { kind: 'exit', timeMs: 1500 },
        ],
        stingers: [],
      });
      await room.done('project_save', {});
      const file = readFileSync(`${room.dir}/project/Containers/Default Work Unit.wwu`, 'utf8');
      const clip = /<MusicClip Name="drums"[\s\S]*?<\/MusicClip>/.exec(file)?.[0] ?? '';
      expect(clip).toContain('<Property Name="EndTrimOffset" Type="Real64" Value="1500"/>');
      expect(clip).toContain('<AudioSourceRef Name="drums" ID="{');
      // Deleting the source takes its clip along.
      const source = '$ from type AudioFileSource where path : "Battle"';
      const { objects } = await room.done('query_waql', { query: source });
      const [first] = Array.isArray(objects) ? objects : [];
      await room.done('delete_object', { objectId: first.id, confirm: true });
      expect(await room.done('query_waql', { query: '$ from type MusicClip' })).toMatchObject({ total: 2 });
    }));

  it('says what is wrong with a file, and leaves nothing behind', () =>
    withProject(async ({ done, refused, dir }) => {
      const tracks = [{ name: 'Drums', filePath: `${dir}/gone.wav` }];
      const failed = await refused('create_music_segment', { name: 'A', parentPath: home, tracks });
      expect(failed).toMatchObject({ code: 'FILE_NOT_FOUND' });
      expect(await done('query_waql', { query: '$ from type MusicSegment' })).toMatchObject({ total: 0 });
    }));
});

describe('create_music_playlist', () => {
  it('lists its segments in order, with their loops', () =>
    withProject(async (room) => {
      await score(room);
      expect(await room.done('get_music', { objectId: `${music}\\Song` })).toMatchObject({
        playlist: [
          { depth: 0, mode: 'randomStep', segment: null },
          { depth: 1, segment: { name: 'Intro' }, loopCount: 2 },
          { depth: 1, segment: { name: 'Verse' }, loopCount: 1 },
        ],
        transitions: [{ source: 'any', destination: 'any', exitAt: 'exitCue' }],
      });
    }));
});

describe('a music object that is created', () => {
  it('is one undo step, and nothing when a part of it fails', () =>
    withProject(async ({ done, refused }) => {
      for (const parentPath of [home, `${home}\\Other`]) {
        if (parentPath !== home)
          await done('create_object', { type: 'Folder', name: 'Other', parentPath: home });
        await done('create_music_segment', { name: 'A', parentPath, tracks: [{ name: 'T' }] });
      }
      const segments = [{ segment: `${home}\\A` }, { segment: `${home}\\Other\\A` }];
      const failed = await refused('create_music_playlist', { name: 'Song', parentPath: home, segments });
      expect(failed.error).toContain('move');
      const count = async (type: string) =>
        (await done('query_waql', { query: `$ from type ${type}` })).total;
      expect(await count('MusicPlaylistContainer')).toBe(0);
      const one = { name: 'Song', parentPath: home, segments: segments.slice(0, 1) };
      await done('create_music_playlist', one);
      await done('undo', {});
      expect(await count('MusicPlaylistContainer')).toBe(0);
      expect(await done('get_music', { objectId: `${home}\\A` })).toMatchObject({ stingers: [] });
    }));
});

describe('set_music_switch', () => {
  it('sets the table by the names of Switches and children, and replaces the old one', () =>
    withProject(async (room) => {
      await score(room);
      const groups = ['StateGroup:Mood'];
      const entries = [
        { at: ['Calm'], child: 'Song' },
        { at: ['Tense'], child: 'Battle' },
      ];
      const table = { groups: ['Mood'], entries };
      expect(await room.done('set_music_switch', { objectId: music, groups, entries })).toMatchObject(table);
      expect(await room.done('get_music', { objectId: music })).toMatchObject(table);
      const fewer = entries.slice(1);
      await room.done('set_music_switch', { objectId: music, groups, entries: fewer });
      expect(await room.done('get_music', { objectId: music })).toMatchObject({ entries: fewer });
    }));

  it('names the nearest State or child for one that is not there', () =>
    withProject(async (room) => {
      await score(room);
      const groups = ['StateGroup:Mood'];
      const noState = { objectId: music, groups, entries: [{ at: ['Clam'], child: 'Song' }] };
      expect((await room.refused('set_music_switch', noState)).error).toContain('Did you mean "Calm"');
      const noChild = { objectId: music, groups, entries: [{ at: ['Calm'], child: 'Sogn' }] };
      expect((await room.refused('set_music_switch', noChild)).error).toContain('Did you mean "Song"');
    }));
});

describe('set_stinger', () => {
  it('lets a Trigger play one segment: the last one set', () =>
    withProject(async (room) => {
      await score(room);
      const input = {
        objectId: music,
        trigger: 'Trigger:Hit',
        segment: `${music}\\Battle`,
        playAt: 'nextBeat',
      };
      const battle = { trigger: { name: 'Hit' }, segment: { name: 'Battle' }, playAt: 'nextBeat' };
      expect(await room.done('set_stinger', input)).toMatchObject({ stingers: [battle] });
      const other = { ...input, segment: `${music}\\Song\\Verse`, waitSeconds: 5 };
      const verse = { segment: { name: 'Verse' }, waitSeconds: 5 };
      const { stingers } = await room.done('set_stinger', other);
      expect(stingers).toMatchObject([verse]);
      expect(stingers).toHaveLength(1);
      expect(await room.done('set_stinger', { ...input, segment: null })).toMatchObject({ stingers: [] });
      const wrong = await room.refused('set_stinger', { ...input, segment: music });
      expect(wrong.error).toContain('not an object of type MusicSegment');
    }));
});

describe('set_transitions', () => {
  it('replaces the rules or adds to them, after the rule from any to any', () =>
    withProject(async (room) => {
      await score(room);
      const [song, battle] = [`${music}\\Song`, `${music}\\Battle`];
      const rules = [{ source: song, destination: battle, exitAt: 'nextBar', fadeOut: true }];
      const any = { source: 'any', destination: 'any', exitAt: 'exitCue' };
      const first = { source: song, destination: battle, exitAt: 'nextBar', fadeOut: true, fadeIn: false };
      expect(await room.done('set_transitions', { objectId: music, rules })).toMatchObject({
        transitions: [any, first],
      });
      const back = { source: battle, destination: 'nothing', exitAt: 'immediate', syncTo: 'sameTime' };
      await room.done('set_transitions', { objectId: music, rules: [back], add: true });
      const three = { transitions: [any, first, back] };
      expect(await room.done('get_music', { objectId: music })).toMatchObject(three);
      // A repeat is the same, and one undo rolls it back.
      await room.done('set_transitions', { objectId: music, rules });
      await room.done('undo', {});
      expect(await room.done('get_music', { objectId: music })).toMatchObject(three);
      await room.done('project_save', {});
      const file = readFileSync(`${room.dir}/project/Containers/Default Work Unit.wwu`, 'utf8');
      expect(file).toMatch(/<\/ReferenceList>\s*<TransitionInfo\/>\s*<\/MusicTransition>/);
    }));

  it('refuses ends that are no music', () =>
    withProject(async (room) => {
      await score(room);
      const rules = [{ source: 'StateGroup:Mood' }];
      const failed = await room.refused('set_transitions', { objectId: music, rules });
      expect(failed).toMatchObject({ code: 'INVALID_INPUT' });
      expect(failed.error).toContain('rules names StateGroup');
      const segment = { objectId: `${music}\\Battle`, rules: [{}] };
      expect((await room.refused('set_transitions', segment)).error).toContain('MusicSwitchContainer');
    }));
});

describe('a playlist that is put in another order', () => {
  it('keeps how it plays and the loops of each segment', () =>
    withProject(async (room) => {
      await score(room);
      const song = `${music}\\Song`;
      const items = ['Verse', 'Intro', 'Verse'];
      expect(await room.done('set_playlist', { container: song, items })).toMatchObject({
        items: items.map((name) => ({ name })),
      });
      const { playlist } = await room.done('get_music', { objectId: song });
      expect(playlist).toMatchObject([
        { mode: 'randomStep', segment: null },
        { segment: { name: 'Verse' }, loopCount: 1 },
        { segment: { name: 'Intro' }, loopCount: 2 },
        { segment: { name: 'Verse' }, loopCount: 1 },
      ]);
      const [root, first] = playlist as readonly { id: string }[];
      await room.done('set_property', { objectId: first?.id, property: 'LoopCount', value: 0 });
      await room.done('set_property', { objectId: root?.id, property: 'PlayMode', value: 0 });
      expect(await room.done('get_music', { objectId: song })).toMatchObject({
        playlist: [{ mode: 'sequenceContinuous' }, { loopCount: 0 }, {}, {}],
      });
      await room.done('delete_object', { objectId: `${song}\\Intro`, confirm: true });
      expect(await room.done('set_playlist', { container: song, items: ['Verse'] })).toMatchObject({
        total: 1,
      });
      const gone = await room.refused('set_playlist', { container: song, items: ['Vers'] });
      expect(gone.error).toContain('Did you mean "Verse"');
    }));

  it('does not lose segments to another playlist', () =>
    withProject(async (room) => {
      await score(room);
      const segments = [{ segment: `${music}\\Song\\Intro` }];
      const theft = await room.refused('create_music_playlist', {
        name: 'Other',
        parentPath: home,
        segments,
      });
      expect(theft).toMatchObject({ code: 'INVALID_INPUT', hint: expect.stringContaining('copy_object') });
    }));
});

describe('tables and rules', () => {
  it('take * for any Switch or State, show it again, and each combination once', () =>
    withProject(async (room) => {
      await score(room);
      await room.done('create_state_group', { name: 'Weather', members: ['Rain'] });
      const groups = ['StateGroup:Mood', 'StateGroup:Weather'];
      const entries = [
        { at: ['Calm', '*'], child: 'Song' },
        { at: ['*', '*'], child: 'Battle' },
      ];
      await room.done('set_music_switch', { objectId: music, groups, entries });
      expect(await room.done('get_music', { objectId: music })).toMatchObject({
        groups: ['Mood', 'Weather'],
        entries,
      });
      const twice = [...entries, { at: ['calm', '*'], child: 'Battle' }];
      const refusal = await room.refused('set_music_switch', { objectId: music, groups, entries: twice });
      expect(refusal.error).toContain('once');
    }));

  it('are about music below the container, and report pre-entry and post-exit', () =>
    withProject(async (room) => {
      await score(room);
      await room.done('create_object', { type: 'MusicSegment', name: 'Far', parentPath: home });
      const rules = [{ source: `${home}\\Far`, destination: 'any' }];
      expect((await room.refused('set_transitions', { objectId: music, rules })).error).toContain('outside');
      const own = [{ source: `${music}\\Song`, destination: `${music}\\Battle`, postExit: false }];
      expect(await room.done('set_transitions', { objectId: music, rules: own })).toMatchObject({
        transitions: [{}, { postExit: false, preEntry: true }],
      });
      const back = [{ source: `${music}\\Battle`, destination: `${music}\\Song`, fadeIn: true }];
      const added = { objectId: music, rules: back, add: true };
      expect(await room.done('set_transitions', added)).toMatchObject({ total: 3 });
      expect(await room.done('set_transitions', added)).toMatchObject({ total: 3 });
    }));
});
