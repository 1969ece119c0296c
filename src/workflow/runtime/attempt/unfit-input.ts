import { z } from 'zod';
import { unfit } from '../../../core/dispatch/input/parse-input.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { NodeKind } from '../../nodes/node-kind.ts';

/**
 * What to say where a kind threw: values came, by references and expressions, that its schema does not take, and the compiler
 * could not know. INVALID_INPUT then lists them as for a command; anything else stays what it is.
 */
export function unfitInput(
  thrown: unknown,
  kind: Pick<NodeKind, 'type' | 'input'>,
  input: JsonObject,
): unknown {
  return thrown instanceof z.ZodError ? unfit({ name: kind.type, input: kind.input }, input, thrown) : thrown;
}
