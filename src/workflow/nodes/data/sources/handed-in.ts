import { WwiseFlowError } from '../../../../core/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { compiledFrom } from '../../../schemas/compiled-from.ts';
import type { SourceInput } from './source-input.ts';

/**
 * What the run was handed, as far as the node asks for it: by its schema the properties of that, else all inputs of the workflow;
 * of a delivery without a schema its body. Throws INVALID_INPUT for what does not fit the schema.
 */
export function handedIn(
  { source, schema }: Pick<SourceInput, 'source' | 'schema'>,
  inputs: JsonObject,
): Json {
  const properties = schema === undefined || !isJsonObject(schema.properties) ? undefined : schema.properties;
  if (schema === undefined) return source === 'webhook' ? (inputs.body ?? null) : inputs;
  const given =
    properties === undefined
      ? inputs
      : Object.fromEntries(Object.entries(inputs).filter(([name]) => Object.hasOwn(properties, name)));
  const issues = compiledFrom(schema, 'schema').issuesOf(given);
  const [first] = issues;
  if (first === undefined) return given;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `What was handed in does not fit: ${first.pointer === '' ? 'it' : first.pointer} ${first.message}.`,
    {
      hint: 'Hand in what the schema of the node asks for.',
      details: { issues: issues.map(({ pointer, message }) => ({ pointer, message })) },
    },
  );
}
