import { beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { compile, edges, emptyShelf, node, refusal, type Shelf } from '../harness.ts';
import { cancelledSoon, outputOf, rowsOf, runOn } from '../shelf-runs.ts';

let shelf: Shelf;
beforeEach(() => {
  shelf = emptyShelf();
});

const run = (document: JsonObject, input?: JsonObject) => runOn(shelf, document, input);

const loop = (data: Record<string, Json>): JsonObject => node('loop', 'forEach', data);
const made = node('made', 'createSound', { name: '{{ item }}' });
const notes = node('notes', 'setNotes', { notes: 'n{{ index }}' });
const inputs = { names: { type: 'array', default: ['A', 'B', 'C'] } };
const items = '$input:names';

describe('a loop', () => {
  it('executes its nodes for each item, as nodes of the run', async () => {
    const result = await run({
      inputs,
      nodes: [loop({ items, nodes: [made, notes], edges: edges('made notes') }), node('save', 'projectSave')],
    });
    expect(rowsOf(result).map((row) => row.node)).toEqual([
      ...['loop[0].made', 'loop[1].made', 'loop[2].made'],
      ...['loop[0].notes', 'loop[1].notes', 'loop[2].notes'],
      ...['loop', 'save'],
    ]);
    expect(shelf.done).toEqual([
      ...['create A', 'create B', 'create C', 'notes A: n0', 'notes B: n1', 'notes C: n2', 'save'],
    ]);
    expect(outputOf(result, 'loop')).toEqual({
      items: [{ notes: 'n0' }, { notes: 'n1' }, { notes: 'n2' }],
      count: 3,
      failed: [],
    });
  });

  it('gives what its output says, with what is around it and the item by the id of the loop', async () => {
    const result = await run({
      inputs,
      nodes: [
        node('q', 'query', { type: 'Sound' }),
        loop({
          items,
          nodes: [node('s', 'say', { text: '$from:loop:$output:item of $from:q:$output:total' })],
          output: { text: '$from:s:$output:text', at: '{{ index }}' },
        }),
      ],
    });
    expect(outputOf(result, 'loop').items).toEqual([
      { text: 'A of 0', at: 0 },
      { text: 'B of 0', at: 1 },
      { text: 'C of 0', at: 2 },
    ]);
  });

  it('with a concurrency finishes so many items before the next ones', async () => {
    const data = { items, nodes: [made, notes], edges: edges('made notes') };
    await run({ inputs, nodes: [loop({ ...data, concurrency: 1 })] });
    expect(shelf.done).toEqual([
      'create A',
      'notes A: n0',
      'create B',
      'notes B: n1',
      'create C',
      'notes C: n2',
    ]);
    shelf = emptyShelf();
    await run({ inputs, nodes: [loop({ ...data, concurrency: 2 })] });
    expect(shelf.done).toEqual([
      'create A',
      'create B',
      'notes A: n0',
      'notes B: n1',
      'create C',
      'notes C: n2',
    ]);
  });

  it('within a loop is addressed through both', async () => {
    const inner = node('inner', 'forEach', {
      items: '{{ item.names }}',
      nodes: [node('s', 'say', { text: '$from:loop:$output:item.group/{{ item }}/{{ index }}' })],
    });
    const groups = [
      { group: 'x', names: ['a', 'b'] },
      { group: 'y', names: ['c'] },
    ];
    const result = await run({ nodes: [loop({ items: groups, nodes: [inner] })] });
    expect(result.data?.messages).toEqual([
      { node: 'loop[0].inner[0].s', text: 'x/a/0' },
      { node: 'loop[0].inner[1].s', text: 'x/b/1' },
      { node: 'loop[1].inner[0].s', text: 'y/c/0' },
    ]);
    expect(rowsOf(result).map((row) => row.node)).toContain('loop[1].inner');
  });

  it('decides its branches for each item', async () => {
    const branch = node('x', 'branch', { condition: { operator: 'equals', value: 'B' } });
    const inner = [branch, made, { ...notes, data: { objectId: '$from:made:$output:id', notes: 'x' } }];
    const result = await run({
      inputs,
      nodes: [loop({ items, nodes: inner, edges: [{ source: 'x', target: 'made', sourceHandle: 'false' }] })],
    });
    expect(shelf.done).toEqual(['create A', 'create C', 'notes A: x', 'notes C: x']);
    expect(result).toMatchObject({ ok: true, data: { skipped: ['loop[1].made', 'loop[1].notes'] } });
  });

  it('takes the first items, or a sample of them', async () => {
    const says = (more: JsonObject) =>
      loop({
        items: [0, 1, 2, 3, 4, 5],
        nodes: [node('s', 'say', { text: 'i{{ item }}' })],
        ...(more as Record<string, Json>),
      });
    const texts = async (more: JsonObject) =>
      asJsonArray((await run({ nodes: [says(more)] })).data?.messages).map((one) => asJsonObject(one).text);
    expect(await texts({ limit: 2 })).toEqual(['i0', 'i1']);
    expect(await texts({ sample: 3 })).toEqual(['i0', 'i2', 'i4']);
  });

  it('takes as many items as an input says', async () => {
    const says = loop({ items, limit: '$input:most', nodes: [node('s', 'say', { text: '{{ item }}' })] });
    const document = { inputs: { ...inputs, most: { type: 'integer', default: 1 } }, nodes: [says] };
    expect((await run(document)).data?.messages).toEqual([{ node: 'loop[0].s', text: 'A' }]);
    expect(await run(document, { most: 0 })).toMatchObject({
      code: 'INVALID_INPUT',
      error: expect.stringContaining('/limit must be at least 1 (got 0)'),
    });
  });

  it('is refused when its items would be more nodes than a process can hold', async () => {
    const inner = node('inner', 'forEach', {
      items: '{{ range(1, 90000) }}',
      nodes: [
        node('s', 'say', { text: 'x' }),
        node('t', 'say', { text: 'y' }),
        node('u', 'say', { text: 'z' }),
      ],
    });
    const result = await run({ nodes: [loop({ items: [1], nodes: [inner] })] });
    expect(result).toMatchObject({ ok: false, code: 'INVALID_INPUT', details: { stopAt: 'loop[0].inner' } });
    expect(result.error).toContain('the run would have 270,002 nodes; 200,000 are the most');
  });

  it('gives others their turn while it works out expressions: a cancellation comes through', async () => {
    const says = node('s', 'say', { text: '{{ toText(size(range(1, 50000))) }}' });
    const document = { nodes: [loop({ items: '{{ range(1, 5000) }}', nodes: [says] })] };
    expect(await cancelledSoon(document)).toMatchObject({ ok: false, code: 'CANCELLED' });
  });

  it('over nothing gives nothing', async () => {
    const result = await run(
      {
        inputs,
        nodes: [loop({ items, nodes: [made] }), node('s', 'say', { text: '$from:loop:$output:count items' })],
      },
      { names: [] },
    );
    expect(result).toMatchObject({ ok: true, data: { messages: [{ text: '0 items' }] } });
  });

  it('stops with an item that fails, or goes on without it', async () => {
    const wrong = node('n', 'setNotes', {
      objectId: '{{ item == "B" ? "none" : nodes.made.id }}',
      notes: 'x',
    });
    const data = { items, nodes: [made, wrong] };
    expect(await run({ inputs, nodes: [loop(data), node('after', 'say', { text: 'x' })] })).toMatchObject({
      ok: false,
      code: 'OBJECT_NOT_FOUND',
      details: { stopAt: 'loop[1].n', skipped: ['loop[2].n', 'loop', 'after'] },
    });
    shelf = emptyShelf();
    const result = await run({ inputs, nodes: [loop({ ...data, onItemError: 'continue' })] });
    expect(result).toMatchObject({ ok: true, data: { failed: ['loop[1].n'] } });
    expect(outputOf(result, 'loop')).toMatchObject({
      items: [{ notes: 'x' }, null, { notes: 'x' }],
      failed: [{ index: 1, node: 'loop[1].n', code: 'OBJECT_NOT_FOUND' }],
    });
    shelf = emptyShelf();
    const route = { ...loop(data), onError: 'continue' };
    expect(await run({ inputs, nodes: [route] })).toMatchObject({
      ok: true,
      data: { failed: ['loop[1].n', 'loop'] },
    });
  });

  it('over what is no list fails and does nothing', async () => {
    expect(
      await run({ inputs: { names: {} }, nodes: [loop({ items, nodes: [made] })] }, { names: { a: 1 } }),
    ).toMatchObject({ ok: false, code: 'INVALID_INPUT', error: expect.stringContaining('goes over a list') });
    expect(shelf.done).toEqual([]);
  });

  it('fences what comes before and after it as its nodes would', () => {
    const plan = compile({ inputs, nodes: [loop({ items, nodes: [made] }), node('save', 'projectSave')] });
    expect(plan.nodes.map(({ id, effect, fences }) => [id, effect, fences])).toEqual([
      ['loop', 'create', undefined],
      ['save', 'barrier', ['loop']],
    ]);
  });
});

describe('what is no loop', () => {
  it.each<[what: string, data: JsonObject, code: string, pointer: string]>([
    ['without nodes', { items: [1] }, 'WORKFLOW_INVALID', '/nodes/0/data/nodes'],
    ['over a text', { items: 'abc', nodes: [made] }, 'WORKFLOW_INVALID', '/nodes/0/data/items'],
    [
      'over a number that a node gives',
      { items: '$from:q:$output:total', nodes: [made] },
      'UNRESOLVED_REFERENCE',
      '/nodes/0/data/items',
    ],
    [
      'with a concurrency that only the run knows',
      { items: [], nodes: [made], concurrency: '{{ 1 + 1 }}' },
      'WORKFLOW_INVALID',
      '/nodes/0/data/concurrency',
    ],
    [
      'with an unknown key',
      { items: [], nodes: [made], itmes: [] },
      'WORKFLOW_INVALID',
      '/nodes/0/data/itmes',
    ],
    [
      'with a node of no type',
      { items: [], nodes: [node('a', 'createSuond', {})] },
      'UNKNOWN_COMMAND',
      '/nodes/0/data/nodes/0/type',
    ],
    [
      'with a reference to no node',
      { items: [], nodes: [node('a', 'say', { text: '$from:b:$output:text' })] },
      'UNRESOLVED_REFERENCE',
      '/nodes/0/data/nodes/0/data/text',
    ],
    [
      'with an edge to no node',
      { items: [], nodes: [made], edges: edges('made q2') },
      'UNRESOLVED_REFERENCE',
      '/nodes/0/data/edges/0/target',
    ],
    [
      'that gives what no node gives',
      { items: [], nodes: [made], output: '$from:mad:$output:id' },
      'UNRESOLVED_REFERENCE',
      '/nodes/0/data/output',
    ],
    [
      'with a cycle inside',
      { items: [], nodes: [made, notes], edges: edges('made notes', 'notes made') },
      'CYCLE',
      '/nodes/0/data/edges/1',
    ],
  ])('is refused: %s', (_, data, code, pointer) => {
    const { problems } = refusal({
      nodes: [{ id: 'loop', type: 'forEach', data }, node('q', 'query', { type: 'x' })],
    });
    expect(problems.map((problem) => [problem.code, problem.pointer])).toEqual([[code, pointer]]);
  });

  it('cannot read inside what comes after it', () => {
    const says = node('s', 'say', { text: '$from:after:$output:text' });
    const after = node('after', 'say', { text: '$from:loop:$output:count items' });
    expect(refusal({ nodes: [loop({ items: [], nodes: [says] }), after] }).codes).toEqual(['CYCLE']);
  });

  it('cannot be read from outside by a node inside it', () => {
    const document = {
      nodes: [loop({ items: [], nodes: [made] }), node('s', 'say', { text: '$from:made:$output:id' })],
    };
    expect(refusal(document).problems[0]).toMatchObject({
      code: 'UNRESOLVED_REFERENCE',
      pointer: '/nodes/1/data/text',
    });
  });
});
