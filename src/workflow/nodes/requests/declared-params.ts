import { WwiseFlowError } from '../../../core/errors.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';

/** Every parameter that is declared, null where it was not given. Throws INVALID_INPUT for one that is missing or unknown. */
export function declaredParams(
  params: JsonObject,
  declared: Readonly<Record<string, { readonly required: boolean }>>,
  where: string,
): JsonObject {
  const names = Object.keys(declared);
  for (const name of Object.keys(params)) {
    if (names.includes(name)) continue;
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `${where} has no parameter "${name}".${didYouMean(name, names)}`,
      {
        hint: `It has: ${names.join(', ') || 'none'}.`,
        details: { field: 'mapping', candidates: nearest(name, names) },
      },
    );
  }
  const made: Record<string, Json> = {};
  for (const name of names) {
    const value = params[name] ?? null;
    if (value === null && declared[name]?.required === true)
      throw new WwiseFlowError('INVALID_INPUT', `${where} needs the parameter "${name}".`, {
        hint: 'Give it in "mapping" or "itemMapping".',
        details: { field: 'mapping' },
      });
    made[name] = value;
  }
  return made;
}
