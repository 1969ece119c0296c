import { asJsonArray, asJsonObject, type JsonObject } from '../../core/json.ts';
import type { Waapi } from '../../wwise/connection/waapi.ts';
import { type ObjectRef, refOf, refReturns } from '../objects/object-row.ts';

/**
 * Objects below `id` that are not known to be the run's own: to delete what the run made would delete them too. `known`: GUIDs
 * that the run's commands named as made. Inner objects, which Wwise makes along with their owner (sources, Actions, tracks),
 * count as the owner's. Rejects when Wwise cannot be asked.
 */
export async function foreignContent(
  id: string,
  known: ReadonlySet<string>,
  waapi: Waapi,
): Promise<readonly ObjectRef[]> {
  const answer = await waapi.call(
    'ak.wwise.core.object.get',
    { waql: `$ "${id}" select descendants` },
    { return: [...refReturns] },
  );
  return asJsonArray(answer.return)
    .map((row) => refOf(asJsonObject(row)))
    .filter((object) => standsAlone.has(object.type) && !known.has(object.id));
}

/** Every GUID in these outputs. */
export function guidsIn(outputs: readonly JsonObject[]): ReadonlySet<string> {
  const text = JSON.stringify(outputs);
  return new Set(
    [...text.matchAll(/\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}/gi)].map(([id]) => id.toUpperCase()),
  );
}

/** Whether people make and move objects of this type for themselves. */
export function standsForItself(type: string): boolean {
  return standsAlone.has(type);
}

/** Types of objects that people make and move for themselves. */
const standsAlone: ReadonlySet<string> = new Set([
  'WorkUnit',
  'Folder',
  'PropertyContainer',
  'ActorMixer',
  'RandomSequenceContainer',
  'SwitchContainer',
  'BlendContainer',
  'Sound',
  'MusicSwitchContainer',
  'MusicPlaylistContainer',
  'MusicSegment',
  'Bus',
  'AuxBus',
  'Event',
  'Switch',
  'SwitchGroup',
  'StateGroup',
]);
