import { WwiseFlowError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { type CompiledSchema, compileSchema } from './compile-schema.ts';

/**
 * Compiles a schema that a member of a node's input holds. Throws SCHEMA_INVALID that names the member; judging a value by it
 * throws INVALID_INPUT where that takes too much.
 */
export function compiledFrom(
  schema: Json,
  field: string,
  shared: JsonObject = {},
): Pick<CompiledSchema, 'issuesOf'> {
  const compiled = compiledOrRefused(schema, field, shared);
  return Object.freeze({
    issuesOf: (value: Json) => {
      try {
        return compiled.issuesOf(value);
      } catch (thrown) {
        const why = thrown instanceof Error ? thrown.message : 'it cannot be judged by';
        throw new WwiseFlowError('INVALID_INPUT', `By "${field}" no value is judged: ${why}.`, {
          hint: 'Use a schema with fewer choices and references, or pick what it looks at before.',
          details: { field },
        });
      }
    },
  });
}

function compiledOrRefused(schema: Json, field: string, shared: JsonObject): CompiledSchema {
  try {
    return compileSchema(schema, shared);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : 'it is none';
    throw new WwiseFlowError('SCHEMA_INVALID', `"${field}" is no JSON Schema: ${why}.`, {
      hint: 'Write one as { "type": "object", "required": ["email"] }.',
      details: { field },
    });
  }
}
