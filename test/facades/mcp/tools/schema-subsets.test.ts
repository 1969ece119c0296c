import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../../src/core/json.ts';
import { toolFaces } from '../../../../src/facades/mcp/tools/tools.ts';
import { commands } from '../../../../tools/catalog.ts';

/**
 * What all of these take: the Schema of Gemini's function declarations (a subset of OpenAPI 3.0: no $ref, oneOf, const or list of
 * types; choices are texts), OpenAI's functions (an object at the top, items for every list) and Anthropic's tools (no anyOf at
 * the top, names of letters, digits, "_", "." and "-").
 */
const keywords = new Set([
  ...['type', 'description', 'properties', 'required', 'items', 'enum', 'anyOf', 'default'],
  ...['minimum', 'maximum'],
]);
const types = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object']);

describe('the schemas of the tools', () => {
  it.each(toolFaces(commands).map(({ name, inputSchema }) => [name, inputSchema] as const))(
    'can be given to every model: %s',
    (name, schema) => {
      expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      expect(schema.type).toBe('object');
      expect(schema).not.toHaveProperty('anyOf');
      expect(problemsIn(schema, '')).toEqual([]);
    },
  );
});

function problemsIn(schema: JsonObject, path: string): string[] {
  const { type, enum: choices, items, anyOf, properties } = schema;
  const own = [
    ...Object.keys(schema).flatMap((key) => (keywords.has(key) ? [] : [`${path}: ${key}`])),
    ...(type === undefined && anyOf === undefined ? [`${path}: no type`] : []),
    ...(type !== undefined && !types.has(String(type)) ? [`${path}: type ${JSON.stringify(type)}`] : []),
    ...(type === 'array' && items === undefined ? [`${path}: no items`] : []),
    ...(choices === undefined || (type === 'string' && asJsonArray(choices).every(isText))
      ? []
      : [`${path}: enum without texts`]),
  ];
  const members = Object.entries(asJsonObject(properties)).flatMap(([name, member]) => [
    ...(/^[a-zA-Z0-9_.-]{1,64}$/.test(name) ? [] : [`${path}: the name ${name}`]),
    ...problemsIn(asJsonObject(member), `${path}/${name}`),
  ]);
  const inner = [...(items === undefined ? [] : [items]), ...asJsonArray(anyOf)];
  return [...own, ...members, ...inner.flatMap((one) => problemsIn(asJsonObject(one), `${path}[]`))];
}

function isText(value: Json): boolean {
  return typeof value === 'string';
}
