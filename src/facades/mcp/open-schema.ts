import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import type { JsonObject } from '../../base/json.ts';

/**
 * A schema that advertises `jsonSchema` and lets every value through: arguments are checked by the bus, whose
 * errors carry a code, the offending value and a hint, instead of by the protocol library, whose errors are one line of text.
 */
export function openSchema(jsonSchema: () => JsonObject): StandardSchemaWithJSON {
  const convert = (): Record<string, unknown> => ({ ...jsonSchema() });
  return {
    '~standard': {
      version: 1,
      vendor: 'wwiseflow',
      validate: (value: unknown) => ({ value }),
      jsonSchema: { input: convert, output: convert },
    },
  };
}
