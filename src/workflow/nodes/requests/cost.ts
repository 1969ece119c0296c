import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { NodeCost } from '../../document/workflow.ts';
import type { PresetOperation } from '../../remote/presets/preset.ts';

/** What calls cost: by the price that the document has, else by that of their preset; undefined where neither has one. */
export function costOfCalls(
  apiCalls: number,
  operation: PresetOperation | undefined,
  price: NodeCost | undefined,
): JsonObject | undefined {
  const { perCall, currency = 'USD' } = price ?? operation?.cost ?? {};
  if (perCall === undefined) return undefined;
  return { apiCalls, costPerCall: perCall, totalCost: money(apiCalls * perCall), currency };
}

/** The failure of a node whose earlier calls were answered, and cost something. */
export function failureAfterCost(thrown: unknown, cost: JsonObject | undefined): WwiseFlowError {
  const error = toWwiseFlowError(thrown);
  if (cost === undefined || cost.totalCost === 0) return error;
  const { code, message, hint, details, cause } = error;
  return new WwiseFlowError(code, message, { hint, cause, details: { ...details, cost } });
}

/** To a millionth: sums of prices are no sums of fractions of two. */
export function money(amount: number): number {
  return Math.round(amount * 1_000_000) / 1_000_000;
}
