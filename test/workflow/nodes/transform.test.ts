import { describe, expect, it } from 'vitest';
import { asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { emptyShelf, node, refusal } from '../harness.ts';
import { cancelledSoon, rowsOf, runOn } from '../shelf-runs.ts';

async function transformed(operations: readonly Json[], items: Json): Promise<Json> {
  const document = { nodes: [node('t', 'transform', { items, operations })] };
  const result = await runOn(emptyShelf(), document);
  const [row] = rowsOf(result);
  return result.ok ? (asJsonObject(row?.data).items ?? null) : { code: result.code, error: result.error };
}

const rows: readonly (readonly [what: string, operations: readonly Json[], before: Json, after: Json])[] = [
  ['maps to a value', [{ type: 'map', transformation: 'item.a + index' }], [{ a: 1 }, { a: 2 }], [1, 3]],
  ['maps to an object', [{ type: 'map', fields: { b: 'item.a', i: 'index' } }], [{ a: 1 }], [{ b: 1, i: 0 }]],
  [
    'calculates',
    [{ type: 'calculate', field: 'x.y', transformation: 'item.a * 2' }],
    [{ a: 1.5 }],
    [{ a: 1.5, x: { y: 3 } }],
  ],
  ['renames', [{ type: 'rename', field: 'a', to: 'b' }], [{ a: null }, { c: 1 }], [{ b: null }, { c: 1 }]],
  [
    'renames within',
    [{ type: 'rename', field: 'a[0].b', to: 'c' }],
    [{ a: [{ b: 1 }] }],
    [{ a: [{}], c: 1 }],
  ],
  ['writes names', [{ type: 'format', field: 'n', as: 'snake' }], [{ n: 'Door Open' }], [{ n: 'door_open' }]],
  [
    'reads numbers',
    [{ type: 'format', field: 'n', as: 'number', digits: 1 }],
    [{ n: '-18,27' }],
    [{ n: -18.3 }],
  ],
  [
    'reads booleans',
    [{ type: 'format', field: 'n', as: 'boolean' }],
    [{ n: 'Yes' }, { n: 0 }],
    [{ n: true }, { n: false }],
  ],
  [
    'writes days',
    [{ type: 'format', field: 'n', as: 'date' }],
    [{ n: '2026-11-30T10:00:00Z' }],
    [{ n: '2026-11-30' }],
  ],
  [
    'writes numbers as text',
    [{ type: 'format', field: 'n', as: 'text', digits: 2 }],
    [{ n: 1.5 }, {}],
    [{ n: '1.50' }, { n: null }],
  ],
  ['normalises all', [{ type: 'normalise' }], [{ a: ' x  y ', b: '', c: 1 }], [{ a: 'x y', b: null, c: 1 }]],
  [
    'normalises some',
    [{ type: 'normalize', fields: ['a'] }],
    [{ a: ' x ', b: ' y ' }],
    [{ a: 'x', b: ' y ' }],
  ],
  [
    'picks',
    [{ type: 'pick', fields: ['a', 'c.d'] }],
    [{ a: 1, b: 2, c: { d: 3, e: 4 } }],
    [{ a: 1, c: { d: 3 } }],
  ],
  [
    'removes',
    [{ type: 'remove', fields: ['a', 'c.d', 'x.y'] }],
    [{ a: 1, b: 2, c: { d: 3 } }],
    [{ b: 2, c: {} }],
  ],
  ['dedupes all', [{ type: 'dedupe' }], [{ a: 1, b: 2 }, { b: 2, a: 1 }, 1, 1], [{ a: 1, b: 2 }, 1]],
  [
    'dedupes by fields',
    [{ type: 'dedupe', by: ['a'], ignoreCase: true }],
    [{ a: 'X', b: 1 }, { a: 'x' }],
    [{ a: 'X', b: 1 }],
  ],
  [
    'sorts',
    [{ type: 'sort', by: 'a' }],
    [{ a: 'b' }, {}, { a: 10 }, { a: 9 }],
    [{ a: 9 }, { a: 10 }, { a: 'b' }, {}],
  ],
  [
    'sorts downwards',
    [{ type: 'sort', by: 'a', descending: true }],
    [{ a: 1 }, {}, { a: 2 }],
    [{ a: 2 }, { a: 1 }, {}],
  ],
  ['limits', [{ type: 'limit', count: 1, from: 1 }], [1, 2, 3], [2]],
  [
    'does one after the other',
    [
      { type: 'map', transformation: 'item * 2' },
      { type: 'limit', count: 2 },
    ],
    [1, 2, 3],
    [2, 4],
  ],
  [
    'keeps a member called __proto__',
    [{ type: 'calculate', field: '__proto__.a', transformation: '1' }],
    [{ b: 1 }],
    [JSON.parse('{"b":1,"__proto__":{"a":1}}')],
  ],
];

describe('a transform', () => {
  it.each(rows)('%s', async (_what, operations, before, after) => {
    expect(await transformed(operations, before)).toEqual(after);
  });

  it('changes one object, when it is asked for that', async () => {
    const nodes = [
      node('a', 'createSound', { name: 'Door' }),
      node('t', 'transform', { single: true, operations: [{ type: 'pick', fields: ['name'] }] }),
    ];
    const document = { nodes, edges: [{ source: 'a', target: 't' }] };
    const result = await runOn(emptyShelf(), document);
    expect(result).toMatchObject({ ok: true, data: { results: [{}, { data: { name: 'Door' } }] } });
  });

  it('says what a value is not', async () => {
    expect(await transformed([{ type: 'format', field: 'n', as: 'number' }], [{ n: 'loud' }])).toMatchObject({
      code: 'INVALID_INPUT',
      error: expect.stringContaining('"loud" is not a number.'),
    });
  });

  it('refuses, when it is compiled, operations that say nothing or too much', () => {
    const bad = (operation: JsonObject) =>
      JSON.stringify(refusal({ nodes: [node('t', 'transform', { items: [], operations: [operation] })] }));
    expect(bad({ type: 'map' })).toContain('is missing');
    expect(bad({ type: 'shuffle' })).toContain('shuffle');
    expect(bad({ type: 'rename', field: 'a', to: 'b', x: 1 })).toContain('x');
  });

  it.each<[what: string, operations: readonly Json[]]>([
    ['calculates', [{ type: 'calculate', field: 'b', transformation: 'size(range(1, 20000))' }]],
    ['sorts', Array.from({ length: 100 }, () => ({ type: 'sort', by: 'a', descending: true }))],
    ['drops what is there twice', Array.from({ length: 100 }, () => ({ type: 'dedupe' }))],
  ])('of very many items that %s can be cancelled: others get their turn', async (_, operations) => {
    const items = Array.from({ length: 50_000 }, (_item, index) => ({ a: (index * 7_919) % 50_000 }));
    const document = { nodes: [node('t', 'transform', { items, operations })] };
    expect(await cancelledSoon(document)).toMatchObject({ ok: false, code: 'CANCELLED' });
  });
});
