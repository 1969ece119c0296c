import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/** The keyword that counts what is looked at; its value is a JudgingCost. */
export const VISITED = 'visited';

/** What judging a value by a schema takes, the schemas inside it aside, in steps. */
export type JudgingCost = {
  readonly once: number;
  readonly eachMember: number;
  readonly eachCharacter: number;
};

/**
 * One document of a schema and those it may refer to as `#/schemas/x`. An `$id` of that form only names what stands there, and would
 * change what references mean: it goes. What each schema takes is counted when a value is judged by it.
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
      keyword === '$schema' ||
      // It would have the answer come later, and nobody waits for it.
      keyword === '$async'
    )
      continue;
    if (ofSchema.has(keyword)) made[keyword] = Array.isArray(value) ? value.map(oneSchema) : oneSchema(value);
    else if (ofMembers.has(keyword) && isJsonObject(value)) made[keyword] = membersPrepared(value);
    else made[keyword] = value;
  }
  const cost = costOf(made);
  return cost === undefined ? made : { [VISITED]: cost, ...made };
}

/** Undefined where it is next to nothing. */
function costOf(schema: JsonObject): JudgingCost | undefined {
  const leadsOn = leads.some((keyword) => Object.hasOwn(schema, keyword));
  const looked = looksUp.reduce((sum, keyword) => sum + countValues(schema[keyword]), 0);
  const patterns = membersIn(schema.patternProperties);
  const named = eachNamed.filter((keyword) => Object.hasOwn(schema, keyword)).length;
  const isLeftOver = leftOver.some((keyword) => Object.hasOwn(schema, keyword));
  const eachMember = patterns + named + (isLeftOver ? countValues(schema) : 0);
  const eachCharacter = Object.hasOwn(schema, 'pattern') ? 1 / 32 : 0;
  const once = (leadsOn ? 1 : 0) + looked + membersIn(schema.properties);
  return once + eachMember + eachCharacter === 0 ? undefined : { once, eachMember, eachCharacter };
}

/** How many values a value consists of. */
export function countValues(value: Json | undefined): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countValues(item), 1);
  if (isJsonObject(value))
    return Object.values(value).reduce<number>((sum, item) => sum + countValues(item), 1);
  return value === undefined ? 0 : 1;
}

/** The regular expressions of a schema. */
export function patternsIn(schema: Json): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(patternsIn);
  if (!isJsonObject(schema)) return [];
  const { pattern, patternProperties } = schema;
  const own = [
    ...(typeof pattern === 'string' ? [pattern] : []),
    ...(isJsonObject(patternProperties) ? Object.keys(patternProperties) : []),
  ];
  return [
    ...own,
    ...Object.values(schema).flatMap((member) => (member === undefined ? [] : patternsIn(member))),
  ];
}

function membersIn(value: Json | undefined): number {
  return isJsonObject(value) ? Object.keys(value).length : 0;
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

const leads = ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'items', 'contains'];

/** Keywords whose values are gone through for each value that is judged. */
const looksUp = ['enum', 'const', 'required', 'dependentRequired', 'dependentSchemas', 'dependencies'];

/** Keywords that look at each member by its name. */
const eachNamed = ['propertyNames', 'additionalProperties'];

/** Keywords that look at each member by all that the schemas beside them say. */
const leftOver = ['unevaluatedProperties', 'unevaluatedItems'];
