import { WwiseFlowError } from '../../../core/errors.ts';
import { asString, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import type { NamedPreset } from '../../remote/presets/preset.ts';

/** Every setting of a preset: as the node says it, or its default. One `by` a parameter is the member that this chooses. */
export function settingsOf(
  given: JsonObject | undefined,
  preset: NamedPreset | undefined,
  params: JsonObject,
): JsonObject {
  if (preset !== undefined) refuseUnknownSettings(given, preset);
  const made: Record<string, Json> = {};
  for (const [name, { default: usual, by }] of Object.entries(preset?.settings ?? {})) {
    const value = given?.[name] ?? usual ?? null;
    const chosen = by === undefined ? undefined : asString(params[by]);
    made[name] = isJsonObject(value) && chosen !== undefined ? (value[chosen] ?? null) : value;
  }
  return made;
}

/** Throws INVALID_INPUT with the nearest names. */
export function refuseUnknownSettings(given: JsonObject | undefined, preset: NamedPreset): void {
  const names = Object.keys(preset.settings);
  for (const name of Object.keys(given ?? {}))
    if (!names.includes(name)) throw unknownInPreset(preset, 'setting', name, names);
}

/** PRESET_NOT_FOUND for an operation, INVALID_INPUT for a setting. */
export function unknownInPreset(
  preset: NamedPreset,
  what: 'operation' | 'setting',
  name: string,
  known: readonly string[],
): WwiseFlowError {
  return new WwiseFlowError(
    what === 'operation' ? 'PRESET_NOT_FOUND' : 'INVALID_INPUT',
    `The preset "${preset.name}" has no ${what} "${name}".${didYouMean(name, known)}`,
    {
      hint: `It has: ${known.join(', ') || 'none'}.`,
      details: { preset: preset.name, [what]: name, candidates: nearest(name, known) },
    },
  );
}
