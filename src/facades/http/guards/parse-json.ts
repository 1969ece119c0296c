import { WwiseFlowError } from '../../../core/errors.ts';
import { deepestDocument, isNestedDeeper, type Json } from '../../../core/json.ts';

/** What surrounds the arguments of an operation. */
const deepestBody = deepestDocument + 16;

/**
 * A body as JSON; undefined for an empty one.
 * @throws WwiseFlowError INVALID_INPUT for what is not declared as JSON, is none, or is nested too deep
 */
export function parseJsonBody(content: Buffer, contentType: string | null): Json | undefined {
  if (content.length === 0) return undefined;
  // A page of another site could send anything else without being asked.
  if (!isJsonType(contentType)) {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `The body is declared as "${(contentType ?? '').slice(0, 100)}".`,
      {
        hint: 'Send JSON, and the header Content-Type: application/json.',
      },
    );
  }
  let value: Json;
  try {
    value = JSON.parse(content.toString('utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.slice(0, 200) : String(cause);
    throw new WwiseFlowError('INVALID_INPUT', `The body is not JSON: ${reason}.`, {
      hint: 'Send one JSON object.',
      cause,
    });
  }
  if (!isNestedDeeper(value, deepestBody)) return value;
  throw new WwiseFlowError('INVALID_INPUT', `The body is nested more than ${deepestBody} levels deep.`, {
    hint: 'Make what lies deeper in a second call.',
  });
}

/** Whether a body is declared as JSON. */
export function isJsonType(contentType: string | null): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? '');
}
