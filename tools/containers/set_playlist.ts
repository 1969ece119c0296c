import { z } from 'zod';
import { WwiseFlowError } from '../../src/base/errors.ts';
import { asJsonArray } from '../../src/base/json.ts';
import { askRows } from '../../src/bus/ask-rows.ts';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { expectType } from '../../src/bus/expect-type.ts';
import { type FoundObject, findObject, findObjects } from '../../src/bus/find-object.ts';
import { leanRef, namedTargetOf } from '../../src/bus/lean-ref.ts';
import { objectField } from '../../src/bus/object-field.ts';
import { referenceIdOf, refOf } from '../../src/bus/object-row.ts';
import { setObjects } from '../../src/bus/set-objects.ts';

export const setPlaylist = defineCommand({
  name: 'set_playlist',
  title: 'Set playlist',
  description:
    'Replace the playlist of a Sequence Container; a child may stand in it more than once. For music use create_music_playlist.',
  toolset: 'containers',
  effect: 'update',
  examples: [
    {
      title: 'Play the second Sound twice',
      input: {
        container: '\\Containers\\Default Work Unit\\Intro',
        items: [
          '\\Containers\\Default Work Unit\\Intro\\Two',
          '\\Containers\\Default Work Unit\\Intro\\One',
          '\\Containers\\Default Work Unit\\Intro\\Two',
        ],
      },
    },
  ],
  waapiCalls: 6,
  input: z.strictObject({
    container: objectField('The Sequence Container.'),
    items: z.array(objectField('A child.')).max(1_000).describe('Its children in playing order.'),
  }),
  output: z.object({ container: leanRef, items: z.array(z.object({ id: z.string(), name: z.string() })) }),
  async run({ container, items }, context) {
    const [found = await findObject(container, context), ...children] = await findObjects(
      [container, ...items],
      context,
      { returns: ['parent'] },
    );
    expectType(found, 'container', 'RandomSequenceContainer');
    for (const child of children) refuseForeign(child, found);
    const slots = children.map(({ id }) => ({ type: 'PlaylistSlot', name: '', '@PlaylistObject': id }));
    await setObjects([{ object: found.id, '@Playlist': slots }], context, {
      aim: `set the playlist of "${found.path}"`,
      listMode: 'replaceAll',
      returns: ['id'],
    });
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
    return { container: refOf(found.row), items: now };
  },
});

function refuseForeign(child: FoundObject, container: FoundObject): void {
  if (referenceIdOf(child.row.parent) === container.id) return;
  throw new WwiseFlowError('INVALID_INPUT', `"${child.path}" is not a child of "${container.path}".`, {
    hint: 'Move it into the container first, or leave it out.',
    details: { object: refOf(child.row), container: refOf(container.row) },
  });
}

async function playlistOf(id: string, context: CommandContext) {
  const { row } = await findObject(id, context, { returns: ['@Playlist'] });
  const slots = asJsonArray(row['@Playlist']).flatMap((slot) => referenceIdOf(slot) ?? []);
  if (slots.length === 0) return [];
  const rows = await askRows(
    `$ ${slots.map((slot) => `"${slot}"`).join(', ')}`,
    ['id', '@PlaylistObject'],
    context,
  );
  return rows.flatMap((slot) => namedTargetOf(slot['@PlaylistObject']) ?? []);
}
