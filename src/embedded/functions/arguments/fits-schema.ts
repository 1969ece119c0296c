import { asJsonArray, asJsonObject, isJsonObject, type Json, type JsonObject } from '../../../base/json.ts';
import { sharedDefinitions } from '../schemas.gen.ts';

/**
 * Whether a value surely fits a schema of WAAPI. False says nothing for certain: the value violates the schema, or the schema
 * uses a keyword that is not known here. It is made at once, where Ajv spends 10 to 40 ms on writing a function: the first
 * calls of a process need not wait for it, and only a call that is refused does.
 */
export function fitsSchema(schema: JsonObject): (value: Json) => boolean {
  try {
    return testOf(schema, { definitions: asJsonObject(schema.definitions), known: new Map() });
  } catch (problem) {
    if (problem instanceof UnknownKeyword) return () => false;
    throw problem;
  }
}

type Test = (value: Json) => boolean;

class UnknownKeyword extends Error {}

/** What the parts of one schema share. */
interface Schemas {
  readonly definitions: JsonObject;
  /** Parts met before, among them those that hold themselves (the children of children). */
  readonly known: Map<JsonObject, Test>;
}

const shared: Schemas = { definitions: sharedDefinitions, known: new Map() };

function testOf(schema: JsonObject, within: Schemas): Test {
  const { known } = within;
  const made = known.get(schema);
  if (made !== undefined) return made;
  let test: Test = () => false;
  known.set(schema, (value) => test(value));
  try {
    test = every(
      Object.entries(schema).flatMap(([keyword, rule = null]) => keywordTests(keyword, rule, schema, within)),
    );
  } catch (problem) {
    known.delete(schema);
    throw problem;
  }
  known.set(schema, test);
  return test;
}

function every(tests: readonly Test[]): Test {
  const [first, second] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (tests.length === 2) return (value) => first(value) && second(value);
  return (value) => {
    for (const test of tests) if (!test(value)) return false;
    return true;
  };
}

function keywordTests(keyword: string, rule: Json, schema: JsonObject, within: Schemas): readonly Test[] {
  const alternatives = () => asJsonArray(rule).map((branch) => testOf(asJsonObject(branch), within));
  switch (keyword) {
    case 'default':
    case 'definitions':
      return [];
    case '$ref':
      return [referred(String(rule), within)];
    case 'type':
      return [typeTest(rule)];
    case 'const':
      return [(value) => value === rule];
    case 'enum': {
      const allowed = new Set(asJsonArray(rule));
      return [(value) => allowed.has(value)];
    }
    case 'minimum':
      return [(value) => typeof value !== 'number' || value >= Number(rule)];
    case 'maximum':
      return [(value) => typeof value !== 'number' || value <= Number(rule)];
    case 'pattern': {
      const pattern = new RegExp(String(rule), 'u');
      return [(value) => typeof value !== 'string' || pattern.test(value)];
    }
    case 'minItems':
      return [(value) => !Array.isArray(value) || value.length >= Number(rule)];
    case 'maxItems':
      return [(value) => !Array.isArray(value) || value.length <= Number(rule)];
    case 'items': {
      const item = testOf(asJsonObject(rule), within);
      return [(value) => !Array.isArray(value) || value.every((one) => item(one))];
    }
    case 'required': {
      const names = asJsonArray(rule).map(String);
      return [(value) => !isJsonObject(value) || names.every((name) => Object.hasOwn(value, name))];
    }
    case 'properties':
      return [membersTest(schema, within)];
    case 'patternProperties':
    case 'additionalProperties':
      return Object.hasOwn(schema, 'properties') ? [] : [membersTest(schema, within)];
    case 'allOf':
      return alternatives();
    case 'anyOf': {
      const branches = alternatives();
      return [(value) => branches.some((branch) => branch(value))];
    }
    case 'oneOf': {
      const branches = alternatives();
      return [(value) => branches.filter((branch) => branch(value)).length === 1];
    }
    default:
      throw new UnknownKeyword(keyword);
  }
}

/** References lead into the shared definitions, or into those of the schema itself. */
function referred(reference: string, within: Schemas): Test {
  const [document, path = ''] = reference.split('#');
  const name = path.replace(/^\/definitions\//, '');
  const place = document === 'definitions.json' ? shared : within;
  const definition = place.definitions[name];
  if (isJsonObject(definition)) return testOf(definition, place);
  throw new UnknownKeyword(reference);
}

function typeTest(type: Json): Test {
  switch (type) {
    case 'object':
      return isJsonObject;
    case 'array':
      return Array.isArray;
    case 'integer':
      return Number.isInteger;
    case 'null':
      return (value) => value === null;
    case 'string':
    case 'number':
    case 'boolean':
      return (value) => typeof value === type;
    default:
      throw new UnknownKeyword(`type ${JSON.stringify(type)}`);
  }
}

/** `properties`, `patternProperties` and `additionalProperties` say together what a member may be. */
function membersTest(schema: JsonObject, within: Schemas): Test {
  const properties = new Map(
    Object.entries(asJsonObject(schema.properties)).map(([name, rule]) => [
      name,
      testOf(asJsonObject(rule), within),
    ]),
  );
  const patterns = Object.entries(asJsonObject(schema.patternProperties)).map(
    ([pattern, rule]) => [new RegExp(pattern, 'u'), testOf(asJsonObject(rule), within)] as const,
  );
  const { additionalProperties = true } = schema;
  if (typeof additionalProperties !== 'boolean') throw new UnknownKeyword('additionalProperties');

  const memberFits = (name: string, value: Json): boolean => {
    const property = properties.get(name);
    if (property !== undefined && !property(value)) return false;
    let isKnown = property !== undefined;
    for (const [pattern, test] of patterns) {
      if (!pattern.test(name)) continue;
      if (!test(value)) return false;
      isKnown = true;
    }
    return isKnown || additionalProperties;
  };
  return (value) => {
    if (!isJsonObject(value)) return true;
    for (const name in value) {
      const member = value[name];
      if (member !== undefined && !memberFits(name, member)) return false;
    }
    return true;
  };
}
