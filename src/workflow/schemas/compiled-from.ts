import { WwiseFlowError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { type CompiledSchema, compileSchema } from './compile-schema.ts';

/** Compiles a schema that a member of a node's input holds. Throws SCHEMA_INVALID that names the member. */
export function compiledFrom(schema: Json, field: string, shared: JsonObject = {}): CompiledSchema {
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
