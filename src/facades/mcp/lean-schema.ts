import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../base/json.ts';

/**
 * What an agent pays for on every start: schemas without what it does not need. Inputs keep names, types, choices, ranges
 * and descriptions, and lose limits that only the bus has to know. Outputs keep the names and types of the data's own
 * members; their meaning is in workflow_node_types and in the answers themselves.
 */
export function leanInput(schema: JsonObject): JsonObject {
  return asJsonObject(withoutLimits(schema));
}

/** The result of a tool: `data` as this tool gives it, everything else as every tool gives it. */
export function leanOutput(data: JsonObject): JsonObject {
  const text = { type: ['string', 'null'] };
  return {
    type: 'object',
    properties: { ok: { type: 'boolean' }, data: leanData(data), error: text, code: text },
    required: ['ok', 'data', 'error', 'code'],
  };
}

/** String limits say nothing an agent acts on: a value that breaks one is refused with words. */
const limits = new Set([
  'minLength',
  'maxLength',
  'pattern',
  'format',
  '$schema',
  'maxItems',
  'propertyNames',
]);
/** zod writes the range of a safe integer when none was asked for. */
const noBounds = new Set([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);

function withoutLimits(value: Json | undefined, isPropertyMap = false): Json {
  if (Array.isArray(value)) return value.map((item) => withoutLimits(item));
  if (value === undefined || value === null || typeof value !== 'object') return value ?? null;
  const kept = Object.entries(value).filter(
    ([name, member]) =>
      isPropertyMap || !(limits.has(name) || (typeof member === 'number' && noBounds.has(member))),
  );
  return Object.fromEntries(
    kept.map(([name, member]) => [name, withoutLimits(member, !isPropertyMap && name === 'properties')]),
  );
}

function leanData(data: JsonObject): JsonObject {
  const members = Object.entries(asJsonObject(data.properties)).map(
    ([name, member]): [string, JsonObject] => [name, leanMember(asJsonObject(member))],
  );
  return { type: ['object', 'null'], properties: Object.fromEntries(members) };
}

/** Only the type: of a union all types, of anything else that has none, nothing. */
function leanMember(member: JsonObject): JsonObject {
  const types = [...new Set(typesOf(member))];
  const [only] = types;
  if (only === undefined) return {};
  return { type: types.length === 1 ? only : types };
}

function typesOf(schema: JsonObject): readonly string[] {
  const branches = [...asJsonArray(schema.anyOf), ...asJsonArray(schema.oneOf)].map(asJsonObject);
  if (branches.length > 0) {
    const all = branches.map(typesOf);
    return all.some((types) => types.length === 0) ? [] : all.flat();
  }
  if (schema.const !== undefined) return [schema.const === null ? 'null' : typeof schema.const];
  const own = asString(schema.type);
  return own === undefined ? asJsonArray(schema.type).flatMap((type) => asString(type) ?? []) : [own];
}
