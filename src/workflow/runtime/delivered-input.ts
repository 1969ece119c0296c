import type { Json, JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import type { Plan } from '../compiler/plan.ts';

/** What was delivered: always its text, and what it means where it is JSON. */
export interface DeliveredBody {
  readonly text: string;
  readonly json?: Json | undefined;
}

/**
 * The values of a workflow's inputs that a delivered body has: an input called `body` takes all of it, as its text where it is
 * declared as a string; every other one takes the member of its name. What no input asks for is left out.
 */
export function deliveredInput({ inputs }: Plan, { text, json }: DeliveredBody): JsonObject {
  const members = new Map(Object.entries(isJsonObject(json) ? json : {}));
  const values = Object.entries(inputs).flatMap(([name, { type }]) => {
    const whole = type === 'string' || json === undefined ? text : json;
    const value = name === 'body' ? whole : members.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(values);
}
