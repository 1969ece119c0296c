import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { memoOfCreate } from '../../src/wwise/claims/create-memo.ts';
import { writePlaylist } from '../../src/wwise/lists/music-playlist.ts';
import { playModes } from '../../src/wwise/lists/music-structure.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { onNameConflict } from '../../src/wwise/objects/creating/child-spec.ts';
import { createChild } from '../../src/wwise/objects/creating/create-child.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { childrenOf } from '../../src/wwise/objects/finding/children-of.ts';
import { findObject, findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { leanCreated, newObject, withObjectId } from '../../src/wwise/objects/rows/lean-ref.ts';
import { nameField, objectField } from '../../src/wwise/objects/rows/object-field.ts';
import {
  type CreatedRef,
  type FoundObject,
  refOf,
  refReturns,
} from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const input = z.strictObject({
  name: nameField('Its name.'),
  parentPath: objectField('Work Unit, folder or music container.'),
  segments: z
    .array(
      z.strictObject({
        segment: objectField('Is moved into the container.'),
        loopCount: z.int().min(0).max(32_767).default(1).describe('Times; 0: for ever.'),
      }),
    )
    .min(1)
    .max(200)
    .describe('The playlist in order.'),
  mode: z.enum(playModes).default('sequenceContinuous').describe('How the list plays.'),
  loopCount: z.int().min(0).max(32_767).default(1).describe('How often the whole list plays; 0: for ever.'),
  onNameConflict,
});

type Input = z.output<typeof input>;

export const createMusicPlaylist = defineCommand({
  name: 'create_music_playlist',
  title: 'Create music playlist',
  description:
    'Create a Music Playlist Container of existing Music Segments, to play them in order or at random. First create_music_segment.',
  toolset: 'music',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: {
    calls: 'The segments go back to where they were, and the container is deleted.',
    except: `The order in which the segments stood comes back ${exactlyOrByUndo}`,
  },
  examples: [
    {
      title: 'Loop a segment for ever',
      input: {
        name: 'Level',
        parentPath: '\\Containers\\Default Work Unit',
        segments: [{ segment: '\\Containers\\Default Work Unit\\Theme' }],
        loopCount: 0,
      },
    },
  ],
  waapiCalls: 21,
  input,
  output: newObject('MusicPlaylistContainer').extend({
    children: z.array(leanCreated).describe('Its segments.'),
  }),
  async run(asked, context) {
    const { name, parentPath, onNameConflict: mode, segments } = asked;
    const [parent = await findObject(parentPath, context), ...found] = await findObjects(
      [parentPath, ...segments.map(({ segment }) => segment)],
      context,
    );
    for (const segment of found) expectType(segment, 'segments', 'MusicSegment');
    await refusePlayedElsewhere(found, `${parent.path}\\${name}`, context);
    const created = await context.oneStep(`Create ${name}`, async () => {
      const made = await createChild(
        parent,
        { type: 'MusicPlaylistContainer', name, onNameConflict: mode, members: {} },
        context,
      );
      // The playlist may name children of the container only.
      for (const { id, path } of new Map(found.map((segment) => [segment.id, segment])).values()) {
        await explaining(`move "${path}" into "${made.path}"`, () =>
          context.waapi.call('ak.wwise.core.object.move', {
            object: id,
            parent: made.id,
            onNameConflict: 'fail',
          }),
        );
      }
      const items = segments.map(({ loopCount }, at) => ({ segmentId: found[at]?.id ?? '', loopCount }));
      const list = { mode: playModes.indexOf(asked.mode), loopCount: asked.loopCount, items };
      await writePlaylist(made, list, context);
      return made;
    });
    return described(created, asked, context);
  },
  ...memoOfCreate((_: Input) => 'MusicPlaylistContainer', described),
});

/** A segment lies in the container whose playlist names it: moved, it would leave a hole there. */
async function refusePlayedElsewhere(
  segments: readonly FoundObject[],
  ownPath: string,
  context: CommandContext,
): Promise<void> {
  const ids = [...new Set(segments.map(({ id }) => `"${id}"`))].join(', ');
  const parents = await askRows(`$ ${ids} select parent`, refReturns, context);
  const lists = parents
    .map(refOf)
    .filter(({ type, path }) => type === 'MusicPlaylistContainer' && path !== ownPath);
  const segment = segments.find(({ path }) => lists.some((list) => path === `${list.path}\\${nameIn(path)}`));
  if (segment === undefined) return;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `"${segment.path}" belongs to another Music Playlist Container: moving it would take it from there.`,
    {
      hint: 'Copy it first with copy_object and give the copy, or change the present playlist with set_playlist.',
      details: { object: refOf(segment.row) },
    },
  );
}

function nameIn(path: string): string {
  return path.split('\\').at(-1) ?? '';
}

async function described(created: CreatedRef, _input: Input, context: CommandContext) {
  return { ...withObjectId(created), children: await childrenOf(created.id, context) };
}
