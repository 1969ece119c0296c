import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { edges, emptyShelf, node, refusal } from '../harness.ts';
import { cancelledSoon, rowsOf, runOn } from '../shelf-runs.ts';

const people = [
  { name: 'Ada', email: 'ada@example.org', age: 36 },
  { name: 'Bob', email: '', age: 17 },
  { name: 'Cy', age: 70 },
];

async function filtered(data: JsonObject, items: Json = people): Promise<JsonObject> {
  const document = { nodes: [node('f', 'filter', { items, ...data })] };
  const result = await runOn(emptyShelf(), document);
  const [row] = rowsOf(result);
  return result.ok ? asJsonObject(row?.data) : { code: result.code, error: result.error };
}

const namesOf = (output: JsonObject) => asJsonArray(output.items).map((item) => asJsonObject(item).name);

describe('a filter', () => {
  it('keeps what its conditions hold for, groups included', async () => {
    const output = await filtered({
      conditions: [
        { field: 'email', operator: 'notEmpty' },
        {
          operator: 'or',
          conditions: [
            { field: 'age', operator: 'lt', value: 18 },
            { field: 'name', operator: 'regex', value: '^A' },
          ],
        },
      ],
    });
    expect(output).toEqual({ items: [people[0]], count: 1, left: 2 });
  });

  it('keeps what an expression is true for, which knows the index too', async () => {
    expect(namesOf(await filtered({ where: 'item.age >= 18 && index > 0' }))).toEqual(['Cy']);
  });

  it('keeps what fits a JSON Schema', async () => {
    const schema = { required: ['email'], properties: { email: { type: 'string', format: 'email' } } };
    expect(namesOf(await filtered({ schema }))).toEqual(['Ada']);
  });

  it('names the first that does not fit, where that is an error', async () => {
    expect(await filtered({ where: 'item.age >= 18', onFail: 'error' })).toMatchObject({
      code: 'INVALID_INPUT',
      error: expect.stringContaining('Item 1 does not fit: "item.age >= 18" is false.'),
    });
    const schema = { required: ['email'] };
    expect(await filtered({ schema, onFail: 'error' })).toMatchObject({
      error: expect.stringContaining("Item 2 does not fit: it must have required property 'email'"),
    });
  });

  it('gives what flowed in with the shorter list in it', async () => {
    const nodes = [
      node('made', 'createSound', { name: 'A' }),
      node('all', 'query', { type: 'Sound' }),
      node('f', 'filter', { conditions: { field: 'name', operator: 'equals', value: 'Z' } }),
    ];
    const document = { nodes, edges: edges('made all', 'all f') };
    const result = await runOn(emptyShelf(), document);
    expect(result).toMatchObject({
      ok: true,
      data: { results: [{}, {}, { data: { objects: [], total: 1, count: 0, left: 1 } }] },
    });
  });

  it('says which item an expression cannot be evaluated for, or is no boolean for', async () => {
    expect(await filtered({ where: 'item.name + 1 > 2' })).toMatchObject({
      error: expect.stringContaining('Item 0: '),
    });
    expect(await filtered({ where: 'item.age' })).toMatchObject({
      error: expect.stringContaining('"item.age" is 36 for item 0, and must be true or false.'),
    });
  });

  it('refuses, when it is compiled, expressions about anything but the item, and what is no expression', () => {
    const bad = (where: string) => refusal({ nodes: [node('f', 'filter', { items: [], where })] });
    expect(JSON.stringify(bad('nodes.a.x > 1'))).toContain('must name \\"item\\" and \\"index\\" only');
    expect(JSON.stringify(bad('item. > 1'))).toContain('must be CEL');
  });

  it('says which lists there are, where what flows in has several', async () => {
    const vars = {
      nodes: [
        node('m', 'merge', { sources: ['a'] }),
        node('a', 'createSound', { name: 'A' }),
        node('f', 'filter', { where: 'true' }),
      ],
    };
    const result = await runOn(emptyShelf(), { ...vars, edges: edges('a m', 'm f') });
    expect(result).toMatchObject({
      ok: false,
      code: 'INVALID_INPUT',
      error: expect.stringContaining('has no list'),
    });
  });

  it('refuses a schema that is none, and one that takes too much', async () => {
    expect(await filtered({ schema: { type: 'objekt' } })).toMatchObject({
      code: 'SCHEMA_INVALID',
      error: expect.stringContaining('"schema" is no JSON Schema'),
    });
    const both = [{ $ref: '#' }, { $ref: '#' }];
    const nested = Array.from({ length: 40 }).reduce<Json>((inner) => ({ a: inner }), 1);
    const explosive = { anyOf: [{ properties: { a: { allOf: both } }, required: ['a'] }, { type: 'null' }] };
    expect(await filtered({ schema: explosive }, [nested])).toMatchObject({
      error: expect.stringContaining('takes too much'),
    });
  });

  it('of very many items can be cancelled: others get their turn', async () => {
    const items = Array.from({ length: 50_000 }, (_, index) => index);
    const document = { nodes: [node('f', 'filter', { items, where: 'size(range(1, 20000)) > item' })] };
    expect(await cancelledSoon(document)).toMatchObject({ ok: false, code: 'CANCELLED' });
  });
});
