import { WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { callObjectSet } from '../objects/changes/set-objects.ts';
import type { CreatedRef, FoundObject } from '../objects/rows/object-row.ts';
import { refOf } from '../objects/rows/object-row.ts';
import type { CommandContext } from '../wwise-command.ts';
import { playlistBelow, playModes } from './music-structure.ts';

/** A segment in a playlist; a loop count of 0 is for ever. */
export interface MusicPlaylistEntry {
  readonly segmentId: string;
  readonly loopCount: number;
}

/** Gives a Music Playlist Container this playlist, whatever it had. */
export async function writePlaylist(
  container: Pick<CreatedRef, 'id' | 'path'>,
  list: { readonly mode: number; readonly loopCount: number; readonly items: readonly MusicPlaylistEntry[] },
  context: Pick<CommandContext, 'waapi' | 'project'>,
): Promise<void> {
  const children = list.items.map(({ segmentId, loopCount }) => ({
    type: 'MusicPlaylistItem',
    name: '',
    '@PlaylistItemType': 1,
    '@Segment': segmentId,
    '@LoopCount': loopCount,
  }));
  const root: JsonObject = {
    type: 'MusicPlaylistItem',
    name: '',
    '@PlayMode': list.mode,
    '@LoopCount': list.loopCount,
    children,
  };
  await callObjectSet([{ object: container.id, '@PlaylistRoot': root }], context, {
    aim: `set the playlist of "${container.path}"`,
    listMode: 'replaceAll',
    returns: ['id'],
  });
}

/** Puts segments in another order: mode and loops of the list stay, and each segment keeps its loop count. */
export async function reorderPlaylist(
  container: FoundObject,
  rootId: string,
  segments: readonly { readonly id: string }[],
  context: Pick<CommandContext, 'waapi' | 'project'>,
): Promise<void> {
  const [root, ...items] = await playlistBelow(rootId, context);
  // Only a group has a mode; an item whose segment was deleted has none.
  if (items.some(({ mode }) => mode !== undefined)) throw hasGroups(container);
  const loops = new Map(items.map(({ segment, loopCount }) => [segment?.id, loopCount]));
  const modes: readonly string[] = playModes;
  await writePlaylist(
    container,
    {
      mode: Math.max(0, modes.indexOf(root?.mode ?? '')),
      loopCount: root?.loopCount ?? 1,
      items: segments.map(({ id }) => ({ segmentId: id, loopCount: loops.get(id) ?? 1 })),
    },
    context,
  );
}

function hasGroups(container: FoundObject): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `The playlist of "${container.path}" has groups, which a plain list would lose.`,
    {
      hint: 'Change single items instead: get_music gives their ids, set_property sets LoopCount or PlayMode.',
      details: { object: refOf(container.row) },
    },
  );
}
