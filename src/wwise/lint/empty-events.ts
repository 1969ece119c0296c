import { askRows } from '../objects/finding/ask-rows.ts';
import { refOf, refReturns } from '../objects/rows/object-row.ts';
import type { Check } from './rules.ts';

/** Events that do nothing. */
export const emptyEvents: Check = async (_rules, context) => {
  const rows = await askRows('$ from type Event where childrenCount = 0', refReturns, context);
  return rows.map((row) => ({ object: refOf(row), message: 'The Event has no Action.' }));
};
