import type { CommandContext } from '../../wwise-command.ts';
import { type CreatedRef, createdRefOf, refReturns } from '../rows/object-row.ts';
import { askRows } from './ask-rows.ts';

/** The children of an object, in order. */
export async function childrenOf(id: string, context: Pick<CommandContext, 'waapi'>): Promise<CreatedRef[]> {
  const rows = await askRows(`$ "${id}" select children`, [...refReturns, 'parent'], context);
  return rows.map(createdRefOf);
}
