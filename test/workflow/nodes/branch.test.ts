import { beforeEach, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { compile, edges, emptyShelf, node, refusal, type Shelf } from '../harness.ts';
import { madeSound, runOn } from '../shelf-runs.ts';

let shelf: Shelf;
beforeEach(() => {
  shelf = emptyShelf();
});

const run = (document: JsonObject, input?: JsonObject) => runOn(shelf, document, input);

const way = (source: string, target: string, sourceHandle: string): JsonObject => ({
  source,
  target,
  sourceHandle,
});
const loud = node('loud', 'branch', {
  condition: { of: '$input:level', operator: 'gt', value: 5 },
});
const inputs = { level: { type: 'number' } };

describe('a branch', () => {
  const document: JsonObject = {
    inputs,
    nodes: [loud, madeSound('a'), madeSound('b'), madeSound('c')],
    edges: [way('loud', 'a', 'true'), way('loud', 'b', 'false'), ...edges('a c', 'b c')],
  };

  it('follows one way, skips the other, and goes on where they come together', async () => {
    expect(await run(document, { level: 7 })).toMatchObject({ ok: true, data: { skipped: ['b'] } });
    expect(shelf.done).toEqual(['create A', 'create C']);
    shelf = emptyShelf();
    expect(await run(document, { level: 1 })).toMatchObject({ ok: true, data: { skipped: ['a'] } });
    expect(shelf.done).toEqual(['create B', 'create C']);
  });

  it('skips a node on a way that is not taken, whatever else comes before it', async () => {
    const nodes = [madeSound('first'), loud, madeSound('a'), madeSound('deep')];
    await run(
      { inputs, nodes, edges: [way('loud', 'a', 'true'), ...edges('first a', 'a deep', 'first deep')] },
      { level: 1 },
    );
    expect(shelf.done).toEqual(['create FIRST']);
  });

  it('goes on at a node that one way leads to directly', async () => {
    const nodes = [loud, madeSound('a'), madeSound('c')];
    const both = {
      inputs,
      nodes,
      edges: [way('loud', 'a', 'true'), way('loud', 'c', 'false'), ...edges('a c')],
    };
    await run(both, { level: 7 });
    await run(both, { level: 1 });
    expect(shelf.done).toEqual(['create A', 'create C', 'create C']);
  });

  it('looks at what flows into it, through what only passes it on', async () => {
    const nodes = [
      node('list', 'query', { type: 'Sound' }),
      node('note', 'say', { text: 'Looking' }),
      node('any', 'branch', { condition: { field: 'total', operator: 'equals', value: 0 } }),
      madeSound('a'),
    ];
    const result = await run({ nodes, edges: [...edges('list note', 'note any'), way('any', 'a', 'true')] });
    expect(result).toMatchObject({ ok: true });
    expect(shelf.done).toEqual(['query Sound', 'create A']);
  });

  it.each<[kind: Json, done: string[]]>([
    ['music', ['create A']],
    ['voice', ['create B']],
    ['other', ['create C']],
  ])('leads %s to the port of that name, or to else', async (kind, done) => {
    const nodes = [
      node('kind', 'switch', { value: '$input:kind' }),
      madeSound('a'),
      madeSound('b'),
      madeSound('c'),
    ];
    const ways = [way('kind', 'a', 'music'), way('kind', 'b', 'voice'), way('kind', 'c', 'default')];
    await run({ inputs: { kind: {} }, nodes, edges: ways }, { kind });
    expect(shelf.done).toEqual(done);
  });

  it('takes the first case that holds, or all of them', async () => {
    const over = (value: number): JsonObject => ({ of: '$input:level', operator: 'gt', value });
    const cases = [
      { name: 'high', condition: over(8) },
      { name: 'middle', condition: over(4) },
    ];
    const nodes = (take: string) => [
      node('level', 'branch', { cases, take }),
      madeSound('a'),
      madeSound('b'),
      madeSound('c'),
    ];
    const ways = [way('level', 'a', 'high'), way('level', 'b', 'middle'), way('level', 'c', 'else')];
    await run({ inputs, nodes: nodes('first'), edges: ways }, { level: 9 });
    expect(shelf.done).toEqual(['create A']);
    await run({ inputs, nodes: nodes('all'), edges: ways }, { level: 9 });
    expect(shelf.done.slice(1)).toEqual(['create A', 'create B']);
    await run({ inputs, nodes: nodes('all'), edges: ways }, { level: 1 });
    expect(shelf.done.slice(3)).toEqual(['create C']);
  });

  it('takes conditions from its edges', async () => {
    const document: JsonObject = {
      inputs,
      nodes: [node('level', 'branch'), madeSound('a'), madeSound('b')],
      edges: [
        {
          source: 'level',
          target: 'a',
          data: { condition: { of: '$input:level', operator: 'gt', value: 5 } },
        },
        { source: 'level', target: 'b' },
      ],
    };
    await run(document, { level: 9 });
    await run(document, { level: 1 });
    expect(shelf.done).toEqual(['create A', 'create B']);
  });

  it('takes the nodes its cases lead to from a table, with or without edges', async () => {
    const nodes = [
      node('loud', 'branch', {
        condition: { of: '$input:level', operator: 'gt', value: 5 },
        branches: { true: 'a', false: 'b' },
      }),
      madeSound('a'),
      madeSound('b'),
    ];
    for (const drawn of [[], edges('loud a', 'loud b')]) {
      shelf = emptyShelf();
      await run({ inputs, nodes, edges: drawn }, { level: 9 });
      expect(shelf.done).toEqual(['create A']);
    }
  });

  it('within a branch is decided only where it is reached', async () => {
    const inner = node('inner', 'branch', { condition: true });
    const nodes = [loud, inner, madeSound('a'), madeSound('b'), madeSound('end')];
    const ways = [
      way('loud', 'inner', 'true'),
      way('inner', 'a', 'true'),
      way('loud', 'b', 'false'),
      ...edges('a end', 'b end'),
    ];
    expect(await run({ inputs, nodes, edges: ways }, { level: 1 })).toMatchObject({
      data: { skipped: ['inner', 'a'] },
    });
    expect(shelf.done).toEqual(['create B', 'create END']);
  });

  it('fails where its condition cannot be judged, and says why', async () => {
    const result = await run({ ...document }, { level: 7 });
    expect(result.ok).toBe(true);
    const unjudged = node('loud', 'branch', { condition: { of: ['x'], operator: 'gt', value: 5 } });
    expect(await run({ nodes: [unjudged, madeSound('a')], edges: [way('loud', 'a', 'true')] })).toMatchObject(
      {
        ok: false,
        code: 'INVALID_INPUT',
        error: expect.stringContaining('cannot be compared'),
      },
    );
  });
});

describe('what is no branch', () => {
  const bad = (data: JsonObject, drawn: readonly JsonObject[]) =>
    refusal({ nodes: [{ id: 'x', type: 'branch', data }, madeSound('a'), madeSound('b')], edges: [...drawn] })
      .problems[0];
  const held = { condition: true };

  it.each<[what: string, data: JsonObject, drawn: readonly JsonObject[], code: string, pointer: string]>([
    ['a case that is none', held, [way('x', 'a', 'ture')], 'UNRESOLVED_REFERENCE', '/edges/0/sourceHandle'],
    ['an edge that names no case', held, edges('x a'), 'WORKFLOW_INVALID', '/edges/0/sourceHandle'],
    [
      'a table that leads elsewhere than an edge',
      { ...held, branches: { true: 'a', false: 'b' } },
      [way('x', 'b', 'true')],
      'WORKFLOW_INVALID',
      '/edges/0/sourceHandle',
    ],
    [
      'an edge that is not in the table',
      { ...held, branches: { true: 'a' } },
      edges('x b'),
      'WORKFLOW_INVALID',
      '/edges/0/sourceHandle',
    ],
    [
      'a table with a node that is none',
      { ...held, branches: { true: 'c' } },
      [],
      'UNRESOLVED_REFERENCE',
      '/nodes/0/data/branches/true',
    ],
    [
      'a table with a case that is none',
      { ...held, branches: { yes: 'a' } },
      [],
      'UNRESOLVED_REFERENCE',
      '/nodes/0/data/branches/yes',
    ],
    [
      'two ways to choose',
      { ...held, value: 'a' },
      [way('x', 'a', 'true')],
      'WORKFLOW_INVALID',
      '/nodes/0/data/value',
    ],
    ['no way to choose', {}, [way('x', 'a', 'true')], 'MISSING_INPUT', '/nodes/0/data'],
    [
      'a condition with an unknown operator',
      { condition: { field: 'a', operator: 'is' } },
      [way('x', 'a', 'true')],
      'WORKFLOW_INVALID',
      '/nodes/0/data/condition/operator',
    ],
    [
      'a condition on an edge of a branch that has its own',
      held,
      [{ ...way('x', 'a', 'true'), data: { condition: true } }],
      'WORKFLOW_INVALID',
      '/edges/0/data/condition',
    ],
    [
      'a condition on an edge that is none',
      {},
      [{ source: 'x', target: 'a', data: { condition: { operator: 'regex', value: '(' } } }],
      'WORKFLOW_INVALID',
      '/edges/0/data/condition/value',
    ],
  ])('is refused: %s', (_, data, drawn, code, pointer) => {
    const problem = bad(data, drawn);
    expect([problem?.code, problem?.pointer]).toEqual([code, pointer]);
  });

  it('a condition on an edge that leaves from something else', () => {
    const drawn = [{ source: 'a', target: 'b', data: { condition: true } }];
    expect(refusal({ nodes: [madeSound('a'), madeSound('b')], edges: drawn }).problems[0]).toMatchObject({
      pointer: '/edges/0/data/condition',
      message: expect.stringContaining('is no branch'),
    });
  });

  it('what a node on another way gives cannot be read', () => {
    const notes = node('n', 'setNotes', { objectId: '$from:a:$output:objectId' });
    const drawn = [way('loud', 'a', 'true'), way('loud', 'n', 'false')];
    expect(refusal({ inputs, nodes: [loud, madeSound('a'), notes], edges: drawn }).problems[0]).toMatchObject(
      {
        code: 'UNRESOLVED_REFERENCE',
        pointer: '/nodes/2/data/objectId',
        message: expect.stringContaining('another way of the same branch'),
      },
    );
  });

  it('who reads what may not be there is warned, and skipped then', async () => {
    const notes = node('n', 'setNotes', { objectId: '$from:a:$output:objectId' });
    const document: JsonObject = {
      inputs,
      nodes: [madeSound('first'), loud, madeSound('a'), notes],
      edges: [way('loud', 'a', 'true'), ...edges('first n')],
    };
    expect(compile(document).warnings).toEqual([
      'n (setNotes) reads $from:a:$output:objectId: where the way to a (createSound) is not taken, n is skipped.',
    ]);
    expect(await run(document, { level: 1 })).toMatchObject({ ok: true, data: { skipped: ['a', 'n'] } });
  });
});
