import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../core/json.ts';

/**
 * What an agent pays for on every start: schemas without what it does not need. Inputs keep names, types, choices, ranges,
 * defaults and descriptions, and lose limits that only the bus has to know. That unknown keys are refused is one of them:
 * the bus does so for every command, and its answer names the nearest known key.
 */
export function leanInput(schema: JsonObject): JsonObject {
  return saidOnce(withoutLimits(withoutDefinitions(schema)));
}

/**
 * The result of a tool: the names of the members of `data`, lists with `[]`, in words: that costs a third of a schema that
 * allows the same. The server's instructions say the rest of the result, which is the same for every tool.
 */
export function leanOutput(data: JsonObject): JsonObject {
  const properties = asJsonObject(data.properties);
  const stated = properties.id === undefined ? pageMembers : new Set([...pageMembers, ...objectMembers]);
  const members = Object.entries(properties)
    .filter(([name, member]) => !stated.has(name) && !(name === 'unreadable' && isObject(member)))
    .map(([name, member]) => (isList(asJsonObject(member)) ? `${name}[]` : name));
  const ofObject = properties.id === undefined ? [] : ['object'];
  return { type: 'object', properties: { data: { description: [...ofObject, ...members].join(', ') } } };
}

/** The whole schema of what a tool gives, for programs. No member is required: an answer leaves out what says nothing. */
export function programOutput(data: JsonObject): JsonObject {
  return withoutRequired(withoutDefinitions(data));
}

function withoutRequired(schema: JsonObject): JsonObject {
  const { required, ...rest } = schema;
  return eachInside(Array.isArray(required) ? rest : schema, withoutRequired);
}

function isObject(member: Json | undefined): boolean {
  return asJsonObject(member).type === 'object';
}

/** What every page has, and every object; the server's instructions say so, and what `unreadable` is in a report. */
const pageMembers = new Set(['total', 'cursor']);
const objectMembers = ['id', 'name', 'type', 'path'];

/**
 * Definitions are what holds itself: any JSON, and trees of objects. The first needs no words; of the second the list that
 * holds them says the members of one, and the bus checks every level. Some clients cannot follow a $ref at all.
 */
function withoutDefinitions({ $defs, ...schema }: JsonObject): JsonObject {
  return $defs === undefined ? schema : unfolded(schema, asJsonObject($defs));
}

function unfolded(schema: JsonObject, definitions: JsonObject): JsonObject {
  const target = definitionOf(schema, definitions);
  if (target !== undefined) return target.type === 'array' ? listOf(target, definitions) : openObject(target);
  const item = schema.type === 'array' ? definitionOf(schema.items, definitions) : undefined;
  if (item?.properties !== undefined) return listOf(schema, definitions);
  return eachInside(schema, (inner) => unfolded(inner, definitions));
}

function definitionOf(schema: Json | undefined, definitions: JsonObject): JsonObject | undefined {
  const name = asString(asJsonObject(schema).$ref)?.replace('#/$defs/', '');
  return name === undefined ? undefined : asJsonObject(definitions[name]);
}

function openObject({ type }: JsonObject): JsonObject {
  return type === 'object' ? { type } : {};
}

/** `Objects below it: {type, name?, children?}.` */
function listOf(list: JsonObject, definitions: JsonObject): JsonObject {
  const item = definitionOf(list.items, definitions) ?? {};
  const needed = asJsonArray(item.required);
  const members = Object.keys(asJsonObject(item.properties));
  const stated = members.map((name) => (needed.includes(name) ? name : `${name}?`)).join(', ');
  const words = asString(list.description)?.replace(/\.$/, '');
  const description = words === undefined ? {} : { description: `${words}: {${stated}}.` };
  return { ...list, ...description, items: openObject(item) };
}

/** Limits that say nothing an agent acts on: a value that breaks one is refused with words. */
const limits = new Set([
  'minLength',
  'maxLength',
  'pattern',
  'format',
  '$schema',
  'minItems',
  'maxItems',
  'propertyNames',
]);
/** zod writes the range of a safe integer when none was asked for; that a count is not negative goes without saying. */
const noBounds = new Set([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0, 1]);
/** Leaving a switch, text, list or map out does the same as these. */
const noDefaults = new Set(['false', '""', '[]', '{}']);

function withoutLimits(schema: JsonObject): JsonObject {
  const kept = Object.entries(withoutNull(schema)).filter(([name, member]) => !isLimit(name, member));
  return eachInside(inOneType(Object.fromEntries(kept)), withoutLimits);
}

/** That null is taken is said in words: not every model's interface has a type for it. */
function withoutNull({ anyOf, ...rest }: JsonObject): JsonObject {
  const options = asJsonArray(anyOf).filter((option) => asJsonObject(option).type !== 'null');
  const [only] = options;
  if (anyOf === undefined) return rest;
  return options.length === 1 ? { ...asJsonObject(only), ...rest } : { ...rest, anyOf: options };
}

/** Some models' interfaces refuse a list of types, and a type beside a constant is enough. */
function inOneType({ type, const: _, ...rest }: JsonObject): JsonObject {
  if (Array.isArray(type)) return { ...rest, anyOf: type.map((one) => ({ type: one })) };
  return type === undefined ? rest : { type, ...rest };
}

function isLimit(name: string, member: Json | undefined): boolean {
  if (limits.has(name)) return true;
  if (name === 'minimum' || name === 'maximum') return typeof member === 'number' && noBounds.has(member);
  if (name === 'default') return noDefaults.has(JSON.stringify(member));
  if (name !== 'additionalProperties') return false;
  // A map of plain values: its description says of what.
  return member === false || !/"properties"/.test(JSON.stringify(member));
}

/** A schema with every schema inside it changed; the names of members are no keywords. */
function eachInside(schema: JsonObject, change: (inner: JsonObject) => JsonObject): JsonObject {
  const changed = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(changed);
    return isJsonObject(value) ? change(value) : value;
  };
  const members = Object.entries(schema).map(([name, value]) => {
    if (name === 'default' || name === 'enum' || value === undefined) return [name, value];
    if (name !== 'properties') return [name, changed(value)];
    const inner = Object.entries(asJsonObject(value)).map(([key, member]) => [key, changed(member ?? null)]);
    return [name, Object.fromEntries(inner)];
  });
  return Object.fromEntries(members);
}

/**
 * What a description says a second time in one tool is said once: how objects are named, and members of nested objects
 * that mean the same as those above them.
 */
function saidOnce(schema: JsonObject): JsonObject {
  const said = new Set<string>();
  const isNew = (words: string): boolean => said.size < said.add(words).size;
  const text = JSON.stringify(schema)
    // Who asks for too long a page learns how long it may be.
    .replace(/("description":"Per page\.","type":"integer"),"maximum":\d+/g, '$1')
    .replace(/[.:] GUID, path or Type:Name\.(?=")/g, (words) => (isNew('names') ? words : '.'))
    .replace(/"description":"([^"\\]|\\.){20,}"/g, (words) =>
      isNew(words) ? words : '"description":"As above."',
    );
  return asJsonObject(JSON.parse(text));
}

function isList(member: JsonObject): boolean {
  const types = typesOf(member);
  return types.includes('array') && types.every((type) => holders.has(type));
}

const holders = new Set(['array', 'null']);

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
