import { WwiseFlowError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { compileSchema } from './compile-schema.ts';
import type { SharedSchema } from './node-contract.ts';

/**
 * The value, turned into the types of a schema where that is asked for. Throws SCHEMA_MISMATCH with each place in it that does not
 * fit. `what`: how the error calls it, as the beginning of a sentence.
 */
export function holdTo({ schema, shared }: SharedSchema, value: Json, coerce: boolean, what: string): Json {
  const { value: made, issues } = judged({ schema, shared }, value, coerce, what);
  const [first] = issues;
  if (first === undefined) return made;
  const more = issues.length === 1 ? '' : ` (and ${issues.length - 1} more)`;
  throw new WwiseFlowError(
    'SCHEMA_MISMATCH',
    `${what} does not fit its schema: ${first.pointer === '' ? 'it' : first.pointer} ${first.message}${more}.`,
    {
      hint: coerce
        ? 'Correct what gives it, or the schema.'
        : 'Correct what gives it, or the schema; "coerce": true turns "3" into 3 and the like.',
      details: { issues: issues.map(({ pointer, message }) => ({ pointer, message })) },
    },
  );
}

function judged({ schema, shared }: SharedSchema, value: Json, coerce: boolean, what: string) {
  const compiled = compileSchema(schema, shared);
  try {
    return coerce ? compiled.coerced(value) : { value, issues: compiled.issuesOf(value) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WwiseFlowError('SCHEMA_MISMATCH', `${what} cannot be judged by its schema: ${reason}.`, {
      hint: 'Use a schema with fewer choices and references.',
      cause,
    });
  }
}
