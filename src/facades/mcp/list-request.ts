import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { z } from 'zod';

/** What a request for a list may hold. */
export const listParams = z.looseObject({ cursor: z.string().optional() });

/**
 * Every list of this server is one page, so no cursor was ever given out.
 * @throws ProtocolError -32602 for a request that has one
 */
export function refuseCursor({ cursor }: z.output<typeof listParams>): void {
  if (cursor === undefined) return;
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `The cursor "${cursor.slice(0, 100)}" is not one of this server: the list is one page. Leave the cursor out.`,
  );
}
