import { beforeEach, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/core/json.ts';
import { compile, edges, emptyShelf, node, refusal, type Shelf } from '../../harness.ts';
import { madeSound, runOn } from '../../shelf-runs.ts';

let shelf: Shelf;
beforeEach(() => {
  shelf = emptyShelf();
});

const run = (document: JsonObject, input?: JsonObject) => runOn(shelf, document, input);
const when = (condition: Json, one: JsonObject): JsonObject => ({ ...one, when: condition });

describe('a node with "when"', () => {
  const wanted = { of: '$input:wanted', operator: 'isTrue' };
  const inputs = { wanted: { type: 'boolean' } };

  it('is skipped where it does not hold; what comes after it goes on', async () => {
    const document = {
      inputs,
      nodes: [madeSound('a'), when(wanted, madeSound('b')), madeSound('c')],
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
    const document = {
      inputs,
      nodes: [when(wanted, madeSound('b')), notes, madeSound('c')],
      edges: edges('n c'),
    };
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
    const nodes = [
      node('q', 'query', { type: 'Sound' }),
      when(some, madeSound('a')),
      when(none, madeSound('b')),
    ];
    await run({ nodes, edges: edges('q a', 'a b') });
    expect(shelf.done).toEqual(['query Sound', 'create B']);
  });

  it('takes an expression, and lets default() stand in for what a skipped node gives', async () => {
    const nodes = [
      node('q', 'query', { type: 'Sound' }),
      when('{{ input.total > 0 }}', madeSound('a')),
      node('s', 'say', { text: '{{ default(nodes.a.name, "none") }}' }),
    ];
    const document = { nodes, edges: edges('q a', 'a s') };
    expect(compile(document).warnings).toEqual([]);
    expect(await run(document)).toMatchObject({ ok: true, data: { messages: [{ text: 'none' }] } });
  });

  it('fails where nothing can be decided', async () => {
    expect(
      await run({ inputs: { x: {} }, nodes: [when('$input:x', madeSound('a'))] }, { x: 5 }),
    ).toMatchObject({
      ok: false,
      code: 'INVALID_INPUT',
      error: 'Node a (createSound): "when" came to 5, which is no condition.',
    });
    expect(shelf.done).toEqual([]);
  });

  it('takes true and false from a reference', async () => {
    const document = { inputs: { x: {} }, nodes: [when('$input:x', madeSound('a')), madeSound('b')] };
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
    const [problem] = refusal({ nodes: [when(condition, madeSound('a'))] }).problems;
    expect([problem?.code, problem?.pointer]).toEqual([code, pointer]);
  });

  it('is what another word means', () => {
    expect(refusal({ nodes: [{ ...madeSound('a'), condition: true }] }).problems[0]).toMatchObject({
      didYouMean: ['when'],
      suggestion: [{ op: 'move', from: '/nodes/0/condition', path: '/nodes/0/when' }],
    });
  });
});
