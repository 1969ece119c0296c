import { actionsIn, targetlessActions } from '../actions.ts';
import { askRows } from '../ask-rows.ts';
import { refOf, refReturns } from '../object-row.ts';
import type { Check } from './rules.ts';

/** Actions that act on nothing although their kind needs a target: what they played was deleted, or never chosen. */
export const brokenReferences: Check = async (_rules, context) => {
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
};
