import { beforeEach, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { createRunner } from '../../../../src/workflow/runtime/runner.ts';
import { compile, edges, emptyShelf, node, refusal, type Shelf, shelfBus } from '../../harness.ts';

let shelf: Shelf;
beforeEach(() => {
  shelf = emptyShelf();
});

const run = async (document: JsonObject, input?: JsonObject) =>
  createRunner({ bus: shelfBus(shelf), log: silentLog }).run(compile(document), { input });
const made = (id: string) => node(id, 'createSound', { name: id.toUpperCase() });
const when = (condition: Json, one: JsonObject): JsonObject => ({ ...one, when: condition });

describe('a node with "when"', () => {
  const wanted = { of: '$input:wanted', operator: 'isTrue' };
  const inputs = { wanted: { type: 'boolean' } };

  it('is skipped where it does not hold; what comes after it goes on', async () => {
    const document = {
      inputs,
      nodes: [made('a'), when(wanted, made('b')), made('c')],
      edges: edges('a b', 'b c'),
    };
    expect(await run(document, { wanted: false })).toMatchObject({ ok: true, data: { skipped: ['b'] } });
    expect(shelf.done).toEqual(['create A', 'create C']);
    shelf = emptyShelf();
    await run(document, { wanted: true });
    expect(shelf.done).toEqual(['create A', 'create B', 'create C']);
  });

  it('takes those with it that read what it gives, and its author is warned', async () => {
    const notes = node('n', 'setNotes', { objectId: '$from:b:$output:objectId' });
    const document = { inputs, nodes: [when(wanted, made('b')), notes, made('c')], edges: edges('n c') };
    expect(compile(document).warnings).toEqual([
      'n (setNotes) reads $from:b:$output:objectId: where "when" of b (createSound) does not hold, n is skipped.',
    ]);
    expect(await run(document, { wanted: false })).toMatchObject({
      ok: true,
      data: { skipped: ['b', 'n', 'c'] },
    });
  });

  it('asks what flows into it, past a node that was skipped', async () => {
    const none = { field: 'total', operator: 'equals', value: 0 };
    const some = { field: 'total', operator: 'gt', value: 0 };
    const nodes = [node('q', 'query', { type: 'Sound' }), when(some, made('a')), when(none, made('b'))];
    await run({ nodes, edges: edges('q a', 'a b') });
    expect(shelf.done).toEqual(['query Sound', 'create B']);
  });

  it('takes an expression, and lets default() stand in for what a skipped node gives', async () => {
    const nodes = [
      node('q', 'query', { type: 'Sound' }),
      when('{{ input.total > 0 }}', made('a')),
      node('s', 'say', { text: '{{ default(nodes.a.name, "none") }}' }),
    ];
    const document = { nodes, edges: edges('q a', 'a s') };
    expect(compile(document).warnings).toEqual([]);
    expect(await run(document)).toMatchObject({ ok: true, data: { messages: [{ text: 'none' }] } });
  });

  it('fails where nothing can be decided', async () => {
    expect(await run({ inputs: { x: {} }, nodes: [when('$input:x', made('a'))] }, { x: 5 })).toMatchObject({
      ok: false,
      code: 'INVALID_INPUT',
      error: 'Node a (createSound): "when" came to 5, which is no condition.',
    });
    expect(shelf.done).toEqual([]);
  });

  it('takes true and false from a reference', async () => {
    const document = { inputs: { x: {} }, nodes: [when('$input:x', made('a')), made('b')] };
    await run(document, { x: false });
    expect(shelf.done).toEqual(['create B']);
  });
});

describe('a "when" that is none', () => {
  it.each<[what: string, condition: Json, pointer: string, code: string]>([
    ['an unknown operator', { of: 1, operator: 'is' }, '/nodes/0/when/operator', 'WORKFLOW_INVALID'],
    ['an unknown member', { of: 1, operator: 'exists', vaule: 2 }, '/nodes/0/when/vaule', 'WORKFLOW_INVALID'],
    ['a number', 5, '/nodes/0/when', 'WORKFLOW_INVALID'],
    [
      'a node that is none',
      { of: '$from:x:$output:y', operator: 'exists' },
      '/nodes/0/when/of',
      'UNRESOLVED_REFERENCE',
    ],
    ['itself', { of: '$from:a:$output:id', operator: 'exists' }, '/nodes/0/when/of', 'CYCLE'],
  ])('is refused: %s', (_, condition, pointer, code) => {
    const [problem] = refusal({ nodes: [when(condition, made('a'))] }).problems;
    expect([problem?.code, problem?.pointer]).toEqual([code, pointer]);
  });

  it('is what another word means', () => {
    expect(refusal({ nodes: [{ ...made('a'), condition: true }] }).problems[0]).toMatchObject({
      didYouMean: ['when'],
      suggestion: [{ op: 'move', from: '/nodes/0/condition', path: '/nodes/0/when' }],
    });
  });
});
