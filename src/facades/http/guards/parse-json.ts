import { WwiseFlowError } from '../../../core/errors.ts';
import { deepestDocument, type Json } from '../../../core/json.ts';
import { type JsonBounds, jsonSize } from '../../../core/json-bounds.ts';
import { parseJsonSteps } from '../../../core/parse-json-steps.ts';
import { inTurns } from '../../../core/turns/turns.ts';

/** As much as a message of MCP may hold. Of the depth: what surrounds the arguments of an operation. */
const bounds: JsonBounds = { deepest: deepestDocument + 16, mostValues: 100_000 };

/**
 * A body as JSON; undefined for an empty one.
 * @throws WwiseFlowError INVALID_INPUT for what is not declared as JSON, is none, or holds too much: it is measured before it
 * is parsed
 */
export async function parseJsonBody(content: Buffer, contentType: string | null): Promise<Json | undefined> {
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
  const { excess } = await inTurns(jsonSize(content, bounds));
  if (excess !== null) {
    throw new WwiseFlowError('INVALID_INPUT', `The body ${excess}.`, {
      hint: 'Send less at once: make what lies deeper, or is more, in a second call.',
    });
  }
  try {
    return await inTurns(parseJsonSteps(content.toString('utf8')));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.slice(0, 200) : String(cause);
    throw new WwiseFlowError('INVALID_INPUT', `The body is not JSON: ${reason}.`, {
      hint: 'Send one JSON object.',
      cause,
    });
  }
}

/** Whether a body is declared as JSON. */
export function isJsonType(contentType: string | null): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? '');
}
