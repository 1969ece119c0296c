import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { compile, edges, emptyShelf, node, refusal } from '../harness.ts';
import { outputOf, runOn } from '../shelf-runs.ts';

const run = (document: JsonObject, input?: JsonObject) => runOn(emptyShelf(), document, input);

const a = node('a', 'createSound', { name: 'A' });
const b = node('b', 'createSound', { name: 'B' });
const list = node('list', 'query', { type: 'Sound' });
const other = node('other', 'query', { type: 'Sound' });
const way = { source: 'x', sourceHandle: 'true', target: 'a' };
const noWay = { source: 'x', sourceHandle: 'false', target: 'b' };
const branch = node('x', 'branch', { condition: { of: '$input:yes', operator: 'isTrue' } });

describe('a merge', () => {
  it('makes one object of all, a later source before an earlier one', async () => {
    const result = await run({ nodes: [a, list, node('m', 'merge')], edges: edges('a m', 'list m') });
    expect(outputOf(result, 'm')).toMatchObject({ name: 'A', total: 1, objects: [{ name: 'A' }] });
    const twice = await run({ nodes: [a, b, node('m', 'merge', { sources: ['b', 'a'] })] });
    expect(outputOf(twice, 'm')).toMatchObject({ name: 'A' });
  });

  it('appends lists, and zips them', async () => {
    const nodes = [a, b, list, other];
    const links = edges('a b', 'b list', 'list other', 'list m', 'other m');
    const appended = await run({
      nodes: [...nodes, node('m', 'merge', { strategy: 'append' })],
      edges: links,
    });
    expect(outputOf(appended, 'm')).toMatchObject({ count: 4 });
    const zipped = await run({
      nodes: [...nodes, node('m', 'merge', { strategy: 'zip', field: 'objects' })],
      edges: links,
    });
    expect(outputOf(zipped, 'm')).toEqual({
      items: [
        { id: '{A}', name: 'A' },
        { id: '{B}', name: 'B' },
      ],
      count: 2,
    });
  });

  it('gives what the way that was taken gave', async () => {
    const inputs = { yes: { type: 'boolean' } };
    const notes = node('n', 'setNotes', { objectId: '$from:m:$output:id' });
    const document = {
      inputs,
      nodes: [branch, a, b, node('m', 'merge'), notes],
      edges: [way, noWay, ...edges('a m', 'b m')],
    };
    expect(compile(document).warnings).toEqual([]);
    expect(outputOf(await run(document, { yes: true }), 'm')).toMatchObject({ name: 'A' });
    expect(outputOf(await run(document, { yes: false }), 'm')).toMatchObject({ name: 'B' });
  });

  it('goes on without a source that was skipped or failed, unless it waits for all', async () => {
    const inputs = { yes: { type: 'boolean' } };
    const withAll = (wait: string) => ({
      inputs,
      nodes: [branch, a, b, node('m', 'merge', { wait, sources: ['a', 'b'] })],
      edges: [way],
    });
    expect(outputOf(await run(withAll('any'), { yes: false }), 'm')).toMatchObject({ name: 'B' });
    expect(await run(withAll('all'), { yes: false })).toMatchObject({
      ok: true,
      data: { skipped: ['a', 'm'] },
    });
    expect(outputOf(await run(withAll('all'), { yes: true }), 'm')).toMatchObject({ name: 'B' });
    const fails = { ...node('f', 'setNotes', { objectId: 'none' }), onError: 'continue' };
    const document = { nodes: [a, fails, node('m', 'merge', { sources: ['f', 'a'] })] };
    expect(outputOf(await run(document), 'm')).toMatchObject({ name: 'A' });
  });

  it('is skipped where nothing was reached', async () => {
    const inputs = { yes: { type: 'boolean' } };
    const document = { inputs, nodes: [branch, a, node('m', 'merge', { sources: ['a'] })], edges: [way] };
    expect(await run(document, { yes: false })).toMatchObject({ ok: true, data: { skipped: ['a', 'm'] } });
  });

  it('is refused for a source that is no node, and for a strategy that is none', () => {
    expect(refusal({ nodes: [a, node('m', 'merge', { sources: ['A'] })] }).problems[0]).toMatchObject({
      code: 'UNRESOLVED_REFERENCE',
      pointer: '/nodes/1/data/sources/0',
      didYouMean: ['a'],
    });
    expect(
      refusal({ nodes: [a, node('m', 'merge', { strategy: 'mix' })], edges: edges('a m') }).pointers,
    ).toEqual(['/nodes/1/data/strategy']);
  });
});
