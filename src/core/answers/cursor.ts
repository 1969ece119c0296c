import { hashJson } from '../canonical-json.ts';
import { WwiseFlowError } from '../errors.ts';
import type { Json } from '../json.ts';

/** What a cursor belongs to: the command and its arguments, or the name and id of what is shown. */
export type CursorScope = readonly [name: string, ...belongings: Json[]];

/** A cursor: where a list goes on, and a print of what it belongs to. Clients give it back as it is. */
export function writeCursor(scope: CursorScope, position: string | number): string {
  return `${position}.${printOf(scope, String(position))}`;
}

/**
 * The position in a cursor.
 * @throws WwiseFlowError INVALID_INPUT for one that this list did not give: junk, or of other arguments or another command.
 */
export function readCursor(scope: CursorScope, cursor: string): string {
  const end = cursor.lastIndexOf('.');
  const position = cursor.slice(0, Math.max(end, 0));
  if (cursor.slice(end + 1) === printOf(scope, position)) return position;
  throw refusedCursor(cursor);
}

/** What is said of a cursor that leads nowhere, in every command: also of one behind the end of a list that became shorter. */
export function refusedCursor(cursor: string): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `The cursor "${cursor}" was not given by an answer to this call.`,
    {
      hint: 'Give a cursor exactly as an answer gave it, with the same arguments; or leave it out to start again.',
      details: { cursor },
    },
  );
}

function printOf([name, ...belongings]: CursorScope, position: string): string {
  return hashJson([name, position, ...belongings]).slice(0, 10);
}
