import { toWwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { actionsIn, targetlessActions } from '../lists/actions.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { homesOf } from '../objects/references/referrers.ts';
import { referenceIdOf, refOf, refReturns } from '../objects/rows/object-row.ts';
import type { CommandContext } from '../wwise-command.ts';
import type { Check, Finding } from './rules.ts';

/**
 * What is nothing without a target but has none, because it was deleted or never chosen: Actions, RTPCs, stingers, playlist
 * items, lines of music switch tables, Switch Containers.
 */
export const brokenReferences: Check = async (_rules, context) => {
  const found = [...(await brokenActions(context))];
  for (const need of needs) found.push(...(await unmet(need, context)));
  return found;
};

async function brokenActions(context: CommandContext): Promise<readonly Finding[]> {
  const broken = (await actionsIn('$ from type Action', context)).filter(
    // Kinds without a name here are game-wide or reset everything.
    ({ type, target }) => target === null && !targetlessActions.has(type) && !/^\d+$/.test(type),
  );
  if (broken.length === 0) return [];
  const events = await askRows('$ from type Event', refReturns, context);
  const byId = new Map(events.map((row) => [refOf(row).id, refOf(row)]));
  return broken.flatMap(({ eventId, type }) => {
    const object = byId.get(eventId);
    return object === undefined ? [] : [{ object, message: `Its ${type} action has no target.` }];
  });
}

interface Need {
  readonly type: string;
  readonly reference: string;
  readonly message: string;
  /** A property that must have this value for the reference to matter. */
  readonly when?: readonly [string, number];
}

const needs: readonly Need[] = [
  { type: 'RTPC', reference: 'ControlInput', message: 'One of its RTPCs follows no Game Parameter.' },
  {
    type: 'SwitchContainer',
    reference: 'SwitchGroupOrStateGroup',
    message: 'It follows no Switch Group or State Group.',
  },
  { type: 'MusicStinger', reference: 'Trigger', message: 'One of its stingers has no Trigger.' },
  { type: 'MusicStinger', reference: 'Segment', message: 'One of its stingers plays no Music Segment.' },
  {
    type: 'MusicPlaylistItem',
    reference: 'Segment',
    message: 'An item of its playlist plays no Music Segment.',
    when: ['PlaylistItemType', 1],
  },
  { type: 'MultiSwitchEntry', reference: 'AudioNode', message: 'A line of its table plays nothing.' },
];

async function unmet(need: Need, context: CommandContext): Promise<readonly Finding[]> {
  const { type, reference, message, when } = need;
  const rows = await rowsOf(type, [`@${reference}`, ...(when === undefined ? [] : [`@${when[0]}`])], context);
  const broken = rows.filter(
    (row) =>
      referenceIdOf(row[`@${reference}`]) === null && (when === undefined || row[`@${when[0]}`] === when[1]),
  );
  if (broken.length === 0) return [];
  const homes = await homesOf(broken, context);
  return broken.map((row) => ({ object: homes.get(refOf(row).id) ?? refOf(row), message }));
}

/** None where this Wwise does not query inner objects of the type. */
async function rowsOf(
  type: string,
  members: readonly string[],
  context: CommandContext,
): Promise<readonly JsonObject[]> {
  try {
    return await askRows(`$ from type ${type}`, [...refReturns, ...members], context);
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (['INVALID_QUERY', 'UNKNOWN_PROPERTY', 'WAAPI_ERROR', 'OBJECT_NOT_FOUND'].includes(error.code))
      return [];
    throw error;
  }
}
