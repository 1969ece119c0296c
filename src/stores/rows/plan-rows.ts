import { asString, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/** A compiled workflow, from its row. */
export function storedPlanOf(row: unknown): JsonObject | undefined {
  if (!isJsonObject(row)) return undefined;
  const plan: Json = JSON.parse(asString(row.plan) ?? 'null');
  return isJsonObject(plan) ? plan : undefined;
}
