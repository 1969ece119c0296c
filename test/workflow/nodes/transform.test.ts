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
    'reshapes by JSONata',
    [{ type: 'jsonata', expression: '$[price > 2].{"name": name, "twice": price * 2}' }],
    [
      { name: 'a', price: 1 },
      { name: 'b', price: 3 },
      { name: 'c', price: 4 },
    ],
    [
      { name: 'b', twice: 6 },
      { name: 'c', twice: 8 },
    ],
  ],
  [
    'makes one item of a value by JSONata',
    [{ type: 'jsonata', expression: '$sum(n)' }],
    [{ n: 1 }, { n: 2 }],
    [3],
  ],
  ['makes an empty list of nothing by JSONata', [{ type: 'jsonata', expression: 'nowhere' }], [{ n: 1 }], []],
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

  it('works on one object by JSONata', async () => {
    const nodes = [
      node('a', 'createSound', { name: 'Door' }),
      node('t', 'transform', {
        single: true,
        operations: [{ type: 'jsonata', expression: '{"upper": $uppercase(name)}' }],
      }),
    ];
    const result = await runOn(emptyShelf(), { nodes, edges: [{ source: 'a', target: 't' }] });
    expect(result).toMatchObject({ ok: true, data: { results: [{}, { data: { upper: 'DOOR' } }] } });
  });

  it.each([
    [
      'that does not end',
      '($f := function($n) { $f($n + 1) }; $f(0))',
      'TIMEOUT',
      'longer than its limit of 200 ms',
    ],
    [
      'whose pattern tries out for ever',
      '$contains("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)',
      'TIMEOUT',
      'was stopped',
    ],
    [
      'that gives another value each time',
      '$random()',
      'INVALID_INPUT',
      '$random gives another value each time',
    ],
    ['that hides such a call', '$eval("$now()")', 'INVALID_INPUT', '$now gives another value each time'],
    ['that gives a function', '[$sum]', 'INVALID_INPUT', 'is or holds a function'],
    ['that fails', '$number("loud")', 'INVALID_INPUT', 'loud'],
  ])('ends JSONata %s, and goes on with the next', async (_what, expression, code, error) => {
    const ended = await transformed([{ type: 'jsonata', expression, timeoutMs: 200 }], [1]);
    expect(ended).toMatchObject({ code, error: expect.stringContaining(error) });
    expect(await transformed([{ type: 'jsonata', expression: '$', timeoutMs: 60_000 }], [1, 2])).toEqual([
      1, 2,
    ]);
  });

  it('lets others have their turn while JSONata does not end', async () => {
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 1);
    await transformed(
      [{ type: 'jsonata', expression: '($f := function($n) { $f($n + 1) }; $f(0))', timeoutMs: 300 }],
      [1],
    );
    clearInterval(counting);
    expect(turns).toBeGreaterThan(10);
  });

  it('keeps no other run waiting for all the JSONata of one', async () => {
    const endless = '($f := function($n) { $f($n + 1) }; $f(0))';
    const many = {
      nodes: Array.from({ length: 4 }, (_, at) =>
        node(`t${at}`, 'transform', {
          items: [1],
          operations: [{ type: 'jsonata', expression: endless, timeoutMs: 2_000 }],
        }),
      ),
      onError: 'continue',
    };
    const ends: string[] = [];
    const slow = runOn(emptyShelf(), many).then(() => ends.push('all of one'));
    const quick = transformed([{ type: 'jsonata', expression: '$' }], [1]).then(() => ends.push('another'));
    await Promise.all([slow, quick]);
    expect(ends).toEqual(['another', 'all of one']);
  });

  it('bounds the memory of JSONata', async () => {
    const expression = '($f := function($t) { $f($t & $t) }; $f("0123456789"))';
    expect(await transformed([{ type: 'jsonata', expression, timeoutMs: 60_000 }], [1])).toMatchObject({
      code: expect.stringMatching(/PAYLOAD_TOO_LARGE|INVALID_INPUT/),
    });
  });

  it('cancels JSONata that takes long', async () => {
    const operation = { type: 'jsonata', expression: '($f := function() { $f() }; $f())', timeoutMs: 60_000 };
    const document = { nodes: [node('t', 'transform', { items: [1], operations: [operation] })] };
    expect(await cancelledSoon(document)).toMatchObject({ ok: false, code: 'CANCELLED' });
  });

  it('refuses, when it is compiled, operations that say nothing or too much', () => {
    const bad = (operation: JsonObject) =>
      JSON.stringify(refusal({ nodes: [node('t', 'transform', { items: [], operations: [operation] })] }));
    expect(bad({ type: 'map' })).toContain('is missing');
    expect(bad({ type: 'shuffle' })).toContain('shuffle');
    expect(bad({ type: 'rename', field: 'a', to: 'b', x: 1 })).toContain('x');
    expect(bad({ type: 'jsonata', expression: '$sum(' })).toContain('must be JSONata');
    expect(bad({ type: 'jsonata', expression: '('.repeat(9_999) })).toContain('must be JSONata');
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
