import { toWwiseFlowError } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import { flatMapInTurns } from '../../../core/turns/turns.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { askRows } from '../finding/ask-rows.ts';
import { refOf, refReturns } from '../rows/object-row.ts';

/**
 * The rows of a query with the values of these members, by id. Some versions list members that a query may not name and
 * then refuse it as a whole: such members are found by halving and left out.
 */
export async function knownValues(
  waql: string,
  returns: readonly string[],
  context: Pick<CommandContext, 'waapi'>,
): Promise<ReadonlyMap<string, JsonObject>> {
  try {
    const rows = await askRows(waql, [...refReturns, ...returns], context);
    return new Map(await flatMapInTurns(rows, (row) => [[refOf(row).id, row] as const]));
  } catch (thrown) {
    const { code } = toWwiseFlowError(thrown);
    const isAboutMembers = ['INVALID_QUERY', 'UNKNOWN_PROPERTY', 'WAAPI_ERROR'].includes(code);
    if (!isAboutMembers || returns.length === 0) throw thrown;
    if (returns.length === 1) return knownValues(waql, [], context);
  }
  const middle = returns.length >> 1;
  const first = await knownValues(waql, returns.slice(0, middle), context);
  const second = await knownValues(waql, returns.slice(middle), context);
  return new Map(await flatMapInTurns(first, ([id, row]) => [[id, { ...row, ...second.get(id) }] as const]));
}
