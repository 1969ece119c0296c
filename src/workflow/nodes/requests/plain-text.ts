import type { Json } from '../../../core/json.ts';

/** A value as a text that stands in an address, a form or a prompt: texts as they are, anything composed as JSON. */
export function plainTextOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
