import { WwiseFlowError } from '../../../core/errors.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import { compileSchema } from '../../schemas/compile-schema.ts';

/** The lists that a model is asked about are cut into batches; each gives the parameters of one question. */
export function batchesOf(
  mapping: JsonObject,
  batch: {
    readonly param: string | undefined;
    readonly size: number | undefined;
    readonly items: readonly Json[] | undefined;
  },
): readonly JsonObject[] {
  const lists = Object.keys(mapping).filter((name) => Array.isArray(mapping[name]));
  const param =
    batch.param ?? (batch.items === undefined ? (lists.length === 1 ? lists[0] : undefined) : 'items');
  const list = batch.items ?? (param === undefined ? undefined : mapping[param]);
  if (param === undefined || !Array.isArray(list) || batch.size === undefined)
    return [
      {
        ...mapping,
        ...(batch.items === undefined || param === undefined ? {} : { [param]: [...batch.items] }),
      },
    ];
  const made: JsonObject[] = [];
  for (let at = 0; at < list.length; at += batch.size)
    made.push({ ...mapping, [param]: list.slice(at, at + batch.size) });
  return made.length === 0 ? [{ ...mapping, [param]: [] }] : made;
}

/** Throws INVALID_INPUT for what is no JSON Schema, before anybody is asked. */
export function checkAnswerSchema(schema: JsonObject): void {
  try {
    compileSchema(schema);
  } catch (thrown) {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `"answerSchema" is no JSON Schema: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      {
        hint: 'Write one as { "type": "object", "required": ["name"] }.',
        details: { field: 'answerSchema' },
      },
    );
  }
}
