import type { JsonObject } from '../../../core/json.ts';
import type { PresetOperation } from '../../remote/presets/preset.ts';

/** What calls cost, where their preset has a price; undefined where it has none. */
export function costOfCalls(
  apiCalls: number,
  operation: PresetOperation | undefined,
): JsonObject | undefined {
  const { perCall, currency = 'USD' } = operation?.cost ?? {};
  if (perCall === undefined) return undefined;
  return { apiCalls, costPerCall: perCall, totalCost: money(apiCalls * perCall), currency };
}

/** To a millionth: sums of prices are no sums of fractions of two. */
export function money(amount: number): number {
  return Math.round(amount * 1_000_000) / 1_000_000;
}
