import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { canonicalJson } from '../../core/canonical-json.ts';
import { asJsonObject, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { linearPattern } from '../../core/text/linear-pattern.ts';
import { formats } from './formats.ts';
import { prepareSchema, VISITED } from './prepare-schema.ts';

/** A JSON Schema that somebody wrote, ready to judge values. */
export interface CompiledSchema {
  /**
   * What is wrong with a value, at most ten; none: it fits. Never changes the value. Throws an Error where it takes too much to find
   * out, as with choices inside choices that refer to each other.
   */
  issuesOf(value: Json): readonly SchemaIssue[];
}

export interface SchemaIssue {
  /** JSON pointer into the value, "" for all of it. */
  readonly pointer: string;
  /** "must be number", "must have required property 'id'". */
  readonly message: string;
}

/** Characters of a schema with those it may refer to. */
const LONGEST_SCHEMA = 200_000;
const MOST_ISSUES = 10;
/** Schemas that are looked at for one value, a tenth of a second's work. */
const MOST_VISITS = 1_000_000;

/**
 * Compiles a JSON Schema (2020-12). `#/schemas/x` refers to `shared`. Patterns match in linear time. The same schema is compiled
 * once. Throws an Error that says what is wrong with it.
 */
export function compileSchema(schema: Json, shared: JsonObject = {}): CompiledSchema {
  if (typeof schema !== 'boolean' && !isJsonObject(schema))
    throw new Error('it must be an object or a boolean');
  const all = { schema, shared };
  const key = canonicalJson(all);
  if (key.length > LONGEST_SCHEMA)
    throw new Error(`it has ${key.length} characters, and ${LONGEST_SCHEMA} are the most`);
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const made = compile(prepareSchema(schema, shared));
  if (compiled.size >= MOST_KEPT) compiled.clear();
  compiled.set(key, made);
  return made;
}

const compiled = new Map<string, CompiledSchema>();
const MOST_KEPT = 200;

function compile(root: JsonObject): CompiledSchema {
  // One for each: schemas of others share nothing, and go when they are forgotten.
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, formats, code: { regExp } });
  let visits = 0;
  ajv.addKeyword({
    keyword: VISITED,
    validate: () => {
      visits += 1;
      if (visits > MOST_VISITS) throw new Error('the schema takes too much to judge this value by');
      return true;
    },
  });
  const validate: ValidateFunction = ajv.compile(root);
  return Object.freeze({
    issuesOf: (value: Json) => {
      visits = 0;
      return validate(value) ? [] : (validate.errors ?? []).slice(0, MOST_ISSUES).map(issueOf);
    },
  });
}

/** What ajv makes of patterns. It never prints its code, so `code` is a name only. */
const regExp = Object.assign((pattern: string) => linearPattern(pattern), { code: 'linearPattern' });

function issueOf({ instancePath, message = 'does not fit', params, keyword }: ErrorObject): SchemaIssue {
  const { additionalProperty, allowedValues } = asJsonObject(params);
  if (keyword === 'additionalProperties')
    return { pointer: instancePath, message: `must not have "${additionalProperty}"` };
  return keyword === 'enum'
    ? { pointer: instancePath, message: `must be one of ${JSON.stringify(allowedValues)}` }
    : { pointer: instancePath, message };
}
