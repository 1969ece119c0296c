import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/** The keyword that counts what is looked at. */
export const VISITED = 'visited';

/**
 * One document of a schema and those it may refer to as `#/schemas/x`. An `$id` of that form only names what stands there, and would
 * change what references mean: it goes. Every schema that leads to others is counted when it is looked at.
 */
export function prepareSchema(schema: JsonObject | boolean, shared: JsonObject): JsonObject {
  const schemas = membersPrepared(shared);
  const prepared = oneSchema(schema);
  return isJsonObject(prepared) ? { ...prepared, schemas } : { allOf: [prepared], schemas };
}

function oneSchema(schema: Json): Json {
  if (!isJsonObject(schema)) return schema;
  const made: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (
      value === undefined ||
      keyword === VISITED ||
      (keyword === '$id' && isLocal(value)) ||
      keyword === '$schema'
    )
      continue;
    if (ofSchema.has(keyword)) made[keyword] = Array.isArray(value) ? value.map(oneSchema) : oneSchema(value);
    else if (ofMembers.has(keyword) && isJsonObject(value)) made[keyword] = membersPrepared(value);
    else made[keyword] = value;
  }
  return leadsOn.some((keyword) => Object.hasOwn(made, keyword)) ? { [VISITED]: true, ...made } : made;
}

function membersPrepared(members: JsonObject): JsonObject {
  const made: Record<string, Json> = {};
  for (const [name, schema] of Object.entries(members))
    if (schema !== undefined) made[name] = oneSchema(schema);
  return made;
}

function isLocal(id: Json): boolean {
  return typeof id === 'string' && id.startsWith('#');
}

/** Keywords that hold a schema or a list of them. */
const ofSchema: ReadonlySet<string> = new Set(
  (
    'items prefixItems contains additionalProperties propertyNames unevaluatedItems unevaluatedProperties additionalItems ' +
    'allOf anyOf oneOf not if then else'
  ).split(' '),
);

/** Keywords that hold schemas by name. */
const ofMembers: ReadonlySet<string> = new Set(
  'properties patternProperties dependentSchemas $defs definitions schemas'.split(' '),
);

const leadsOn = ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'items', 'contains'];
