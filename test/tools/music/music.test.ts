import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { withScriptedWwise } from '../../harness/scripted-wwise.ts';
import { writeTone } from '../../harness/wave.ts';

// What is sent to Wwise, in the documented shapes: a scripted peer keeps objects. music_on_disk.test.ts checks the outcome.

const home = '\\Containers\\Default Work Unit';

interface Kept {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  parent: string | null;
  readonly values: Record<string, Json>;
}

/** Enough of object.create, set, move and get to see what the commands send. */
function smallProject(...given: readonly Omit<Kept, 'values'>[]) {
  const kept: Kept[] = given.map((one) => ({ ...one, values: {} }));
  const sets: JsonObject[] = [];
  const byId = (id: Json | undefined) => kept.find((one) => one.id === id);
  const pathOf = (one: Kept): string =>
    one.parent === null ? home : `${pathOf(byId(one.parent) ?? one)}\\${one.name}`;
  const row = (one: Kept) => ({
    id: one.id,
    name: one.name,
    type: one.type,
    path: pathOf(one),
    parent: { id: one.parent ?? '{0}', name: '' },
    ...one.values,
  });
  const add = (parent: string, { type, name, children }: JsonObject): Kept => {
    const made = { id: `{${kept.length}}`, name: String(name), type: String(type), parent, values: {} };
    kept.push(made);
    for (const child of Array.isArray(children) ? children : []) add(made.id, child);
    return made;
  };
  /** List items become objects of their own, as in Wwise. */
  const keep = (object: Kept, change: JsonObject): void => {
    for (const [name, value] of Object.entries(change)) {
      if (!name.startsWith('@')) continue;
      object.values[name] = !Array.isArray(value)
        ? (value as Json)
        : value.map((item) => {
            const made = add(object.id, { type: item.type, name: '' });
            keep(made, item);
            return { id: made.id, name: '' };
          });
    }
  };
  const script = {
    'ak.wwise.core.undo.beginGroup': () => ({}),
    'ak.wwise.core.undo.endGroup': () => ({}),
    'ak.wwise.core.object.create': ({ args }: { args: JsonObject }) => ({
      id: add(String(args.parent), args).id,
    }),
    'ak.wwise.core.object.move': ({ args }: { args: JsonObject }) => {
      const moved = byId(args.object);
      if (moved !== undefined) moved.parent = String(args.parent);
      return {};
    },
    'ak.wwise.core.object.set': ({ args }: { args: JsonObject }) => {
      sets.push(args);
      for (const change of Array.isArray(args.objects) ? args.objects : []) {
        const object = byId(change.object);
        if (object === undefined) continue;
        if (change.import !== undefined) {
          const source = add(object.id, { type: 'AudioFileSource', name: 'source' });
          source.values.originalFilePath = change.import.files[0].audioFile;
        }
        keep(object, change);
      }
      return { objects: [] };
    },
    'ak.wwise.core.object.get': ({ args }: { args: JsonObject }) => {
      const waql = String(args.waql);
      const named = [...waql.matchAll(/"([^"]*)"/g)].map(([, name]) => name ?? '');
      const start = kept.filter((one) => named.includes(one.id) || named.includes(pathOf(one)));
      const order = named.flatMap((name) => start.filter((one) => one.id === name || pathOf(one) === name));
      if (waql.includes('select children'))
        return { return: kept.filter(({ parent }) => parent === start[0]?.id).map(row) };
      if (waql.includes('AudioFileSource'))
        return { return: kept.filter(({ type }) => type === 'AudioFileSource').map(row) };
      return { return: order.map(row) };
    },
  };
  return { script, sets };
}

const workUnit = { id: '{W}', name: 'Default Work Unit', type: 'WorkUnit', parent: null };

describe('create_music_segment', () => {
  it('creates tracks and imports a file into each', async () => {
    const { script } = smallProject(workUnit);
    await withScriptedWwise(script, async ({ done, refused, dir }) => {
      const filePath = `${dir}/drums.wav`;
      writeTone(filePath);
      const input = {
        name: 'Verse',
        parentPath: home,
        tempo: 96,
        tracks: [{ name: 'Drums', filePath }, { name: 'Bass' }],
      };
      expect(await done('create_music_segment', input)).toMatchObject({
        type: 'MusicSegment',
        path: `${home}\\Verse`,
        tracks: [
          { name: 'Drums', filePath },
          { name: 'Bass', filePath: null },
        ],
      });
      const gone = { ...input, name: 'Chorus', tracks: [{ name: 'Drums', filePath: `${dir}/gone.wav` }] };
      expect(await refused('create_music_segment', gone)).toMatchObject({ code: 'FILE_NOT_FOUND' });
    });
  });
});

describe('create_music_playlist', () => {
  it('moves the segments into the container and lists them', async () => {
    const { script, sets } = smallProject(
      workUnit,
      { id: '{A}', name: 'A', type: 'MusicSegment', parent: '{W}' },
      { id: '{B}', name: 'B', type: 'MusicSegment', parent: '{W}' },
    );
    await withScriptedWwise(script, async ({ done, refused }) => {
      const segments = [{ segment: `${home}\\A`, loopCount: 2 }, { segment: `${home}\\B` }];
      expect(
        await done('create_music_playlist', { name: 'Song', parentPath: home, segments, mode: 'randomStep' }),
      ).toMatchObject({
        type: 'MusicPlaylistContainer',
        children: [{ name: 'A', path: `${home}\\Song\\A` }, { name: 'B' }],
      });
      expect(sets).toMatchObject([
        {
          listMode: 'replaceAll',
          objects: [
            {
              '@PlaylistRoot': {
                type: 'MusicPlaylistItem',
                '@PlayMode': 3,
                children: [
                  { '@PlaylistItemType': 1, '@Segment': '{A}', '@LoopCount': 2 },
                  { '@Segment': '{B}', '@LoopCount': 1 },
                ],
              },
            },
          ],
        },
      ]);
      const wrong = { name: 'X', parentPath: home, segments: [{ segment: home }] };
      expect(await refused('create_music_playlist', wrong)).toMatchObject({ code: 'INVALID_INPUT' });
    });
  });
});

describe('set_music_switch and set_stinger', () => {
  it('send table and stinger in the documented shape and count what Wwise keeps', async () => {
    const { script, sets } = smallProject(
      workUnit,
      { id: '{M}', name: 'Music', type: 'MusicSwitchContainer', parent: '{W}' },
      { id: '{A}', name: 'A', type: 'MusicSegment', parent: '{M}' },
      { id: '{G}', name: 'Mood', type: 'StateGroup', parent: '{W}' },
      { id: '{S}', name: 'Calm', type: 'State', parent: '{G}' },
      { id: '{T}', name: 'Hit', type: 'Trigger', parent: '{W}' },
    );
    await withScriptedWwise(script, async ({ done, refused }) => {
      const music = `${home}\\Music`;
      const groups = [`${home}\\Mood`];
      const entries = [{ at: [`${home}\\Mood\\Calm`], child: `${music}\\A` }];
      expect(await done('set_music_switch', { objectId: music, groups, entries })).toMatchObject({
        groups: [''],
        entries: [{ at: [''] }],
      });
      expect(sets[0]).toMatchObject({
        objects: [
          {
            '@Arguments': [{ type: 'MusicArgumentsSlot', '@Argument': '{G}' }],
            '@Entries': [
              { '@EntryPath': [{ type: 'EntryPathSlot', '@EntryPathObject': '{S}' }], '@AudioNode': '{A}' },
            ],
          },
        ],
      });
      const uneven = { objectId: music, groups: [...groups, `${home}\\Mood`], entries };
      expect((await refused('set_music_switch', uneven)).error).toContain('for each group');
      const stinger = {
        objectId: music,
        trigger: `${home}\\Hit`,
        segment: `${music}\\A`,
        playAt: 'nextBeat',
      };
      expect(await done('set_stinger', stinger)).toMatchObject({ stingers: [{ playAt: 'nextBeat' }] });
      expect(sets[1]).toMatchObject({
        objects: [
          {
            '@Stingers': [
              { type: 'MusicStinger', '@Trigger': '{T}', '@Segment': '{A}', '@PlaySegmentAt': 3 },
            ],
          },
        ],
      });
    });
  });
});

describe('set_playlist', () => {
  it('replaces the playlist of a Sequence Container', async () => {
    const { script, sets } = smallProject(
      workUnit,
      { id: '{C}', name: 'Steps', type: 'RandomSequenceContainer', parent: '{W}' },
      { id: '{A}', name: 'A', type: 'Sound', parent: '{C}' },
    );
    const set = script['ak.wwise.core.object.set'];
    const playlist = { id: '{P}', values: {} };
    await withScriptedWwise(
      {
        ...script,
        'ak.wwise.core.object.set': (call) => set(call),
        'ak.wwise.core.object.get': (call) =>
          JSON.stringify(call.options).includes('@PlaylistObject')
            ? { return: [{ id: playlist.id, '@PlaylistObject': { id: '{A}', name: 'A' } }] }
            : JSON.stringify(call.options).includes('@Playlist')
              ? {
                  return: [
                    {
                      id: '{C}',
                      name: 'Steps',
                      type: 'RandomSequenceContainer',
                      path: '',
                      '@Playlist': [{ id: '{P}' }],
                    },
                  ],
                }
              : script['ak.wwise.core.object.get'](call),
      },
      async ({ done }) => {
        const input = { container: `${home}\\Steps`, items: [`${home}\\Steps\\A`] };
        expect(await done('set_playlist', input)).toMatchObject({ items: [{ id: '{A}', name: 'A' }] });
        expect(sets).toMatchObject([
          {
            listMode: 'replaceAll',
            objects: [{ '@Playlist': [{ type: 'PlaylistSlot', '@PlaylistObject': '{A}' }] }],
          },
        ]);
      },
    );
  });
});
