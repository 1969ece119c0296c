import { z } from 'zod';
import { howManyFit } from '../../src/core/answers/budget.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray } from '../../src/core/json.ts';
import { asListItems, pointedAt } from '../../src/wwise/lists/list-slots.ts';
import { reorderPlaylist } from '../../src/wwise/lists/music-playlist.ts';
import { playlistBelow } from '../../src/wwise/lists/music-structure.ts';
import { theOne } from '../../src/wwise/lists/switch-assignments.ts';
import { callObjectSet } from '../../src/wwise/objects/changes/set-objects.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { childrenOf } from '../../src/wwise/objects/finding/children-of.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type FoundObject, referenceIdOf, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const setPlaylist = defineCommand({
  name: 'set_playlist',
  title: 'Set playlist',
  description:
    'Replace the playlist of a Sequence or Music Playlist Container; a child may stand in it more than once. Loops of music stay.',
  toolset: 'containers',
  effect: 'update',
  revert: {
    calls: 'The entries it added are taken out.',
    except: `Entries that it replaced, of Wwise 2025.1 and later, come back ${exactlyOrByUndo}`,
  },
  memo: { never: 'The playlist is a list of its own objects, which are made anew each time.' },
  examples: [
    {
      title: 'Play the second Sound twice',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Intro',
        items: [
          '\\Containers\\Default Work Unit\\Intro\\Two',
          '\\Containers\\Default Work Unit\\Intro\\One',
          '\\Containers\\Default Work Unit\\Intro\\Two',
        ],
      },
    },
  ],
  formerInputs: { container: 'objectId' },
  waapiCalls: 7,
  input: z.strictObject({
    objectId: objectField('Sequence or Music Playlist Container.'),
    items: z
      .array(z.string().trim().min(1).max(2_000))
      .max(1_000)
      .describe('Its children in playing order, by name, path or GUID.'),
  }),
  output: z.object({
    container: leanRef,
    items: z.array(z.object({ id: z.string(), name: z.string() })),
    total: z.int(),
  }),
  async run({ objectId, items }, context) {
    const found = await findObject(objectId, context, { returns: ['@RandomOrSequence', '@PlaylistRoot'] });
    expectType(found, 'objectId', 'RandomSequenceContainer', 'MusicPlaylistContainer');
    if (found.row['@RandomOrSequence'] === 1) throw playsAtRandom(found);
    const all = await childrenOf(found.id, context);
    const children = items.map((item) => theOne(item, all, `"${found.path}" has no child`));
    const rootId = referenceIdOf(found.row['@PlaylistRoot']);
    if (rootId !== null) await reorderPlaylist(found, rootId, children, context);
    else if (found.type === 'MusicPlaylistContainer') throw tooOld(found);
    else {
      const ids = children.map(({ id }) => id);
      const slots = await asListItems(ids, { type: 'PlaylistSlot', reference: 'PlaylistObject' }, context);
      await callObjectSet([{ object: found.id, '@Playlist': slots }], context, {
        aim: `set the playlist of "${found.path}"`,
        listMode: 'replaceAll',
        returns: ['id'],
      });
    }
    const now = await playlistOf(found.id, context);
    if (now.map(({ id }) => id).join() !== children.map(({ id }) => id).join()) {
      throw new WwiseFlowError(
        'WAAPI_ERROR',
        `Wwise accepted the call, but the playlist of "${found.path}" differs.`,
        {
          hint: 'Look at details.found; only a Sequence Container has a playlist.',
          details: { object: refOf(found.row), found: now },
        },
      );
    }
    return { container: refOf(found.row), items: now.slice(0, howManyFit(now)), total: now.length };
  },
});

function playsAtRandom(container: FoundObject): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `"${container.path}" plays at random: only a Sequence Container has a playlist.`,
    {
      hint: 'Make it a sequence first: set_property RandomOrSequence to 0. A random one plays all its children.',
      details: { object: refOf(container.row) },
    },
  );
}

function tooOld(container: FoundObject): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `This Wwise gives no access to the playlist of "${container.path}".`,
    {
      hint: 'Set it in the Music Playlist Editor, or use a newer Wwise.',
      details: { object: refOf(container.row) },
    },
  );
}

async function playlistOf(id: string, context: CommandContext) {
  const { row } = await findObject(id, context, { returns: ['@Playlist', '@PlaylistRoot'] });
  const rootId = referenceIdOf(row['@PlaylistRoot']);
  if (rootId !== null) {
    const items = await playlistBelow(rootId, context);
    return items.flatMap(({ segment }) => segment ?? []);
  }
  const slots = asJsonArray(row['@Playlist']).flatMap((slot) => referenceIdOf(slot) ?? []);
  if (slots.length === 0) return [];
  const rows = await askRows(
    `$ ${[...new Set(slots)].map((slot) => `"${slot}"`).join(', ')}`,
    ['id', 'name', 'type', '@PlaylistObject'],
    context,
  );
  return slots.flatMap((id) => {
    const row = rows.find((one) => referenceIdOf(one.id) === id);
    return row === undefined ? [] : (pointedAt(row, 'PlaylistObject') ?? []);
  });
}
