import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { memoOfCreate } from '../../src/bus/memo/create-memo.ts';
import { childrenOf } from '../../src/bus/objects/children-of.ts';
import { createChild } from '../../src/bus/objects/create-child.ts';
import { expectType } from '../../src/bus/objects/expect-type.ts';
import { findObject, findObjects } from '../../src/bus/objects/find-object.ts';
import { leanCreated, newObject, withObjectId } from '../../src/bus/objects/lean-ref.ts';
import { nameField, objectField, onNameConflict } from '../../src/bus/objects/object-field.ts';
import type { CreatedRef } from '../../src/bus/objects/object-row.ts';
import { explaining, setObjects } from '../../src/bus/objects/set-objects.ts';
import { playModes } from '../../src/bus/structures/music-structure.ts';

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
  waapiCalls: 9,
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
      const items = segments.map(({ loopCount }, at) => ({
        type: 'MusicPlaylistItem',
        name: '',
        '@PlaylistItemType': 1,
        '@Segment': found[at]?.id ?? '',
        '@LoopCount': loopCount,
      }));
      const root = {
        type: 'MusicPlaylistItem',
        name: '',
        '@PlayMode': playModes.indexOf(asked.mode),
        '@LoopCount': asked.loopCount,
        children: items,
      };
      await setObjects([{ object: made.id, '@PlaylistRoot': root }], context, {
        aim: `set the playlist of "${made.path}"`,
        listMode: 'replaceAll',
        returns: ['id'],
      });
      return made;
    });
    return described(created, asked, context);
  },
  ...memoOfCreate((_: Input) => 'MusicPlaylistContainer', described),
});

async function described(created: CreatedRef, _input: Input, context: CommandContext) {
  return { ...withObjectId(created), children: await childrenOf(created.id, context) };
}
