import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { DataValidateFunction } from 'ajv/dist/types/index.js';
import { canonicalJson } from '../../core/canonical-json.ts';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  isNestedDeeper,
  type Json,
  type JsonObject,
} from '../../core/json.ts';
import { linearPattern } from '../../core/text/linear-pattern.ts';
import { didYouMean } from '../../core/text/nearest.ts';
import { valueAt } from '../expressions/value-at.ts';
import { formats } from './formats.ts';
import { countValues, type JudgingCost, patternsIn, prepareSchema, VISITED } from './prepare-schema.ts';

/** A JSON Schema that somebody wrote, ready to judge values. */
export interface CompiledSchema {
  /**
   * What is wrong with a value, at most ten; none: it fits. Never changes the value. Throws an Error where it takes too much to find
   * out, as with choices inside choices that refer to each other.
   */
  issuesOf(value: Json): readonly SchemaIssue[];
  /**
   * A copy of the value in the types that the schema names, where nothing is lost by that ("3" is 3), with its defaults; and what is
   * wrong with it all the same. Throws as above.
   */
  coerced(value: Json): { readonly value: Json; readonly issues: readonly SchemaIssue[] };
}

export interface SchemaIssue {
  /** JSON pointer into the value, "" for all of it. */
  readonly pointer: string;
  /** "must be number", "must have required property 'id'". */
  readonly message: string;
}

/** Characters of a schema with those it may refer to. */
const LONGEST_SCHEMA = 200_000;
/** Deeper, and with more in it, compiling it would keep others waiting. */
const DEEPEST_SCHEMA = 100;
const MOST_VALUES = 5_000;
/** Characters of all its patterns, each counted for so many more. */
const MOST_PATTERNS = 5_000;
const PATTERN_ITSELF = 20;
const MOST_ISSUES = 10;
/** Steps for one value, a tenth of a second's work. */
const MOST_STEPS = 1_000_000;

/**
 * Compiles a JSON Schema (2020-12). `#/schemas/x` refers to `shared`. Patterns match in linear time. The same schema is compiled
 * once. Throws an Error that says what is wrong with it.
 */
export function compileSchema(schema: Json, shared: JsonObject = {}): CompiledSchema {
  if (typeof schema !== 'boolean' && !isJsonObject(schema))
    throw new Error('it must be an object or a boolean');
  const all = { schema, shared };
  // Below "schema", of which there is one level around it.
  if (isNestedDeeper(all, DEEPEST_SCHEMA + 1))
    throw new Error(`it is nested more than ${DEEPEST_SCHEMA} levels deep`);
  const key = canonicalJson(all);
  if (key.length > LONGEST_SCHEMA)
    throw new Error(`it has ${key.length} characters, and ${LONGEST_SCHEMA} are the most`);
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const values = countValues(all);
  if (values > MOST_VALUES) throw new Error(`it holds ${values} values, and ${MOST_VALUES} are the most`);
  const patterns = patternsIn(all).reduce((sum, { length }) => sum + length + PATTERN_ITSELF, 0);
  if (patterns > MOST_PATTERNS) throw new Error('it has too many or too long patterns');
  const made = compile(prepareSchema(schema, shared));
  if (compiled.size >= MOST_KEPT) compiled.clear();
  compiled.set(key, made);
  return made;
}

const compiled = new Map<string, CompiledSchema>();
const MOST_KEPT = 200;

function compile(root: JsonObject): CompiledSchema {
  // One for each: schemas of others share nothing, and go when they are forgotten.
  const judge = validatorOf(root, false);
  let coerce: Validator | undefined;
  return Object.freeze({
    issuesOf: judge,
    coerced: (value: Json) => {
      coerce ??= validatorOf(root, true);
      const copy = { value: structuredClone(value) };
      const issues = coerce(copy.value);
      return { value: copy.value, issues };
    },
  });
}

type Validator = (value: Json) => readonly SchemaIssue[];

/** `coerces`: it changes what it is given. */
function validatorOf(root: JsonObject, coerces: boolean): Validator {
  const options = coerces ? { coerceTypes: true, useDefaults: true } : {};
  const ajv = new Ajv2020({
    ...{ strict: false, allErrors: true, logger: false, formats, code: { regExp } },
    ...options,
  });
  let steps = 0;
  const spend = (some: number): void => {
    steps += some;
    if (steps > MOST_STEPS) throw new Error('the schema takes too much to judge this value by');
  };
  ajv.addKeyword({
    keyword: VISITED,
    // Ahead of all other keywords.
    before: '$dynamicAnchor',
    validate: ({ once, eachMember, eachCharacter }: JudgingCost, value: Json) => {
      spend(once);
      if (eachMember > 0) spend(eachMember * sizeOf(value));
      if (typeof value === 'string') spend(eachCharacter * value.length);
      return true;
    },
  });
  // Its own compares each item with each other one.
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    errors: true,
    compile: (isAsked) => areUnique(isAsked, spend),
  });
  if (ajv.validateSchema(root) !== true) throw new Error(wrongIn(root, ajv.errors ?? []));
  const validate: ValidateFunction = ajv.compile(root);
  return (value) => {
    steps = 0;
    try {
      return validate(value) ? [] : (validate.errors ?? []).slice(0, MOST_ISSUES).map(issueOf);
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      throw new Error('the schema refers to itself without end', { cause: thrown });
    }
  };
}

/** Judges whether no two items of a list are the same. */
function areUnique(isAsked: unknown, spend: (steps: number) => void): DataValidateFunction {
  const judge: DataValidateFunction = (items: readonly Json[]) => {
    if (isAsked !== true) return true;
    const seen = new Map<string, number>();
    for (const [index, item] of items.entries()) {
      const text = canonicalJson(item);
      spend(1 + text.length / 32);
      const earlier = seen.get(text);
      if (earlier !== undefined) {
        const message = `must NOT have duplicate items (items ## ${earlier} and ${index} are identical)`;
        judge.errors = [{ keyword: 'uniqueItems', message, params: {} }];
        return false;
      }
      seen.set(text, index);
    }
    return true;
  };
  return judge;
}

/** What is wrong with a schema, the most exact of what was found: `"type" at /properties/n cannot be "objekt".` */
function wrongIn(root: JsonObject, errors: readonly ErrorObject[]): string {
  const [first] = [
    ...errors.filter(({ keyword }) => keyword === 'enum'),
    ...errors.filter(({ keyword }) => keyword === 'type'),
    ...errors,
  ];
  if (first === undefined) return 'it is none';
  const { instancePath, message = 'does not fit', params } = first;
  const path = instancePath.split('/').slice(1);
  const member = path.at(-1) ?? '';
  const given = valueAt(root, path);
  const allowed = asJsonArray(asJsonObject(params).allowedValues).flatMap((value) => asString(value) ?? []);
  const around = path.slice(0, -1);
  const where = around.length === 0 ? '' : ` at /${around.join('/')}`;
  const near = typeof given === 'string' ? didYouMean(given, allowed) : '';
  const expected =
    allowed.length === 0 ? `, it ${message}` : `, one of ${allowed.join(', ')} must stand there`;
  return `"${member}"${where} cannot be ${JSON.stringify(given ?? null).slice(0, 200)}${near === '' ? `${expected}.` : `.${near}`}`;
}

function sizeOf(value: Json): number {
  if (Array.isArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : 0;
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
