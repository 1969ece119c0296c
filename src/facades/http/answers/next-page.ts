import type { AnyResult } from '../../../core/answers/lean-answer.ts';
import { isJsonObject } from '../../../core/json.ts';
import type { AnswerHead } from './http-answer.ts';

/** How many rows of a list there are, on all pages. */
export const totalHeader = 'x-total-count';

/**
 * The head of a page of a list with a `link` to the next one (RFC 8288): by the cursor where the list has one, else by how many
 * rows to skip. The last page has none, nor has what is no list.
 */
export function withNextPage(head: AnswerHead & { readonly result: AnyResult }, address: URL): AnswerHead {
  const total = Number(head.headers?.[totalHeader]);
  const data = head.result.ok && isJsonObject(head.result.data) ? head.result.data : undefined;
  if (data === undefined || !Number.isFinite(total)) return head;
  const rows = Object.values(data).find(Array.isArray)?.length ?? 0;
  const skipped = Number(address.searchParams.get('skip') ?? 0);
  const next = new URLSearchParams(address.searchParams);
  if (typeof data.cursor === 'string') {
    next.delete('skip');
    next.set('cursor', data.cursor);
  } else if (rows > 0 && !next.has('cursor') && skipped + rows < total) {
    next.set('skip', String(skipped + rows));
  } else return head;
  return { ...head, headers: { ...head.headers, link: `<${address.pathname}?${next}>; rel="next"` } };
}
