import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../src/base/json.ts';
import { fitsSchema } from '../../../src/embedded/functions/arguments/fits-schema.ts';
import { argumentSchema } from '../../../src/embedded/functions/arguments/undocumented-schemas.ts';
import { functionSchemas, sharedDefinitions } from '../../../src/embedded/functions/schemas.gen.ts';

describe('fitting a schema', () => {
  const ajv = new Ajv({ strict: false, code: { optimize: false } });
  ajv.addSchema({ definitions: sharedDefinitions }, 'definitions.json');

  it('decides as Ajv does, for values near every documented schema', () => {
    let accepted = 0;
    let refused = 0;
    for (const [uri, { args, options }] of Object.entries(functionSchemas)) {
      for (const schema of [argumentSchema(uri, args), options]) {
        const fits = fitsSchema(schema);
        const validate = ajv.compile(schema);
        const values = fc.sample(valueNear(schema, asJsonObject(schema.definitions), 4), {
          numRuns: 60,
          seed: 20,
        });
        for (const value of values) {
          const verdict = validate(value);
          expect(fits(value), `${uri} ${JSON.stringify(value)}`).toBe(verdict);
          if (verdict) accepted++;
          else refused++;
        }
      }
    }
    expect(accepted).toBeGreaterThan(2_000);
    expect(refused).toBeGreaterThan(2_000);
  });

  it('accepts nothing by a schema with a keyword it does not know', () => {
    expect(fitsSchema({ type: 'object', dependentRequired: {} })({})).toBe(false);
    expect(fitsSchema({ oneOf: [{ type: 'object' }, { not: {} }] })({})).toBe(false);
    expect(fitsSchema({ $ref: 'elsewhere.json#/definitions/guid' })('')).toBe(false);
  });

  it('follows definitions that hold themselves', () => {
    const tree = {
      definitions: {
        node: {
          type: 'object',
          properties: { children: { type: 'array', items: { $ref: '#/definitions/node' } } },
          additionalProperties: false,
        },
      },
      $ref: '#/definitions/node',
    };
    expect(fitsSchema(tree)({ children: [{ children: [{}] }] })).toBe(true);
    expect(fitsSchema(tree)({ children: [{ children: [{ name: 'odd' }] }] })).toBe(false);
  });
});

const strings = [
  '{A1A1A1A1-0000-0000-0000-000000000000}',
  '\\Containers\\Default Work Unit',
  'Event:Play',
  'C:\\Projects\\A.wproj',
  'Volume',
  '@Volume',
  'take.wav|UklGRg==',
  '',
];
const anything: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, -1, 0, 3, 0.5, 65_536, 1e12, ...strings),
  fc.constantFrom<Json>([], [1], {}, { '@Volume': 3 }, { odd: 1 }),
);

/** Mostly what the schema asks for, at times anything. */
function valueNear(schema: JsonObject, definitions: JsonObject, depth: number): fc.Arbitrary<Json> {
  const near = closeTo(schema, definitions, depth);
  return fc.oneof({ weight: 19, arbitrary: near }, { weight: 1, arbitrary: anything });
}

function closeTo(schema: JsonObject, definitions: JsonObject, depth: number): fc.Arbitrary<Json> {
  const part = (value: unknown) => valueNear(asJsonObject(value), definitions, depth - 1);
  if (depth < 0) return anything;
  if (typeof schema.$ref === 'string') {
    const [document, path = ''] = schema.$ref.split('#/definitions/');
    const shared = document === 'definitions.json';
    const definition = (shared ? sharedDefinitions : definitions)[path];
    return valueNear(asJsonObject(definition), shared ? sharedDefinitions : definitions, depth - 1);
  }
  const branches = [...asJsonArray(schema.oneOf), ...asJsonArray(schema.anyOf), ...asJsonArray(schema.allOf)];
  if (schema.type === 'object' || schema.properties !== undefined) {
    const whole = objectNear(schema, definitions, depth);
    const extended = branches.map((branch) => {
      const { required, properties } = asJsonObject(branch);
      const both = { ...asJsonObject(schema.properties), ...asJsonObject(properties) };
      const needed = [...asJsonArray(schema.required), ...asJsonArray(required)];
      return objectNear({ ...schema, properties: both, required: needed }, definitions, depth);
    });
    return fc.oneof(whole, ...extended);
  }
  if (branches.length > 0) return fc.oneof(...branches.map(part));
  if (schema.type === 'array') return fc.array(part(schema.items), { maxLength: 3 });
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...asJsonArray(schema.enum));
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'string') return fc.constantFrom(...strings);
  return fc.constantFrom<Json>(0, 1, 3, 0.5, -1, 65_536);
}

function objectNear(schema: JsonObject, definitions: JsonObject, depth: number): fc.Arbitrary<JsonObject> {
  const required = asJsonArray(schema.required).map(String);
  const members = Object.entries(asJsonObject(schema.properties)).map(([name, rule]) => {
    const value = valueNear(asJsonObject(rule), definitions, depth - 1);
    const often = required.includes(name) ? 30 : 1;
    return fc
      .oneof({ weight: often, arbitrary: value }, { weight: 2, arbitrary: fc.constant(undefined) })
      .map((one) => [name, one] as const);
  });
  const extra = fc.constantFrom<JsonObject>(
    {},
    {},
    {},
    {},
    {},
    { '@Volume': 3 },
    { '@Volume': [] },
    { odd: 1 },
  );
  return fc.tuple(fc.tuple(...members), extra).map(([own, added]) => ({
    ...Object.fromEntries(own.filter(([, value]) => value !== undefined)),
    ...added,
  }));
}
