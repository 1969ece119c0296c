import { isJsonObject, type Json } from '../../../core/json.ts';
import type { DeliveredBody } from '../../../workflow/service.ts';
import { isJsonType, parseJsonBody } from '../guards/parse-json.ts';

/**
 * What was delivered: always its text, and what it means where it is JSON, or a form as GitHub and Slack can send one: its
 * fields, or the JSON in the one called `payload`.
 * @throws WwiseFlowError INVALID_INPUT for what is declared as JSON and is none
 */
export async function deliveredBody(content: Buffer, type: string | null): Promise<DeliveredBody> {
  const text = content.toString('utf8');
  if (isJsonType(type)) return { text, json: await parseJsonBody(content, type) };
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type ?? '')
    ? { text, json: await formOf(text) }
    : { text };
}

async function formOf(text: string): Promise<Json | undefined> {
  const fields = Object.fromEntries([...new URLSearchParams(text)].slice(0, mostFields));
  const { payload } = fields;
  if (payload === undefined || !payload.startsWith('{')) return fields;
  const inside = await parseJsonBody(Buffer.from(payload, 'utf8'), 'application/json');
  return isJsonObject(inside) ? inside : fields;
}

const mostFields = 1_000;
