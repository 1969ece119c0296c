import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { commands } from '../../../tools/catalog.ts';
import { edges, node } from '../harness.ts';

const byName = new Map(commands.map((command) => [command.name, command]));
const registry = { commands, find: (name: string) => byName.get(name) };

const sound = (id: string) =>
  node(id, 'create_sound', { name: id, parentPath: '\\Containers\\Default Work Unit' });
const volume = (id: string, of: string) =>
  node(id, 'set_property', { objectId: `$from:${of}:$output:objectId`, property: 'Volume', value: -3 });
const read = (id: string) => node(id, 'query_waql', { query: '$ from type Sound' });
const unitsOf = (nodes: JsonObject[], arrows: JsonObject[] = []) =>
  compileWorkflow({ nodes, edges: arrows }, registry).units;

it('neighbours that can share calls become one unit, in the order of execution', () => {
  expect(unitsOf([sound('a'), volume('va', 'a'), sound('b'), volume('vb', 'b')])).toEqual([
    ['a', 'va', 'b', 'vb'],
  ]);
});

it('the plan says which calls a unit takes, and counts them', () => {
  const nodes = [sound('a'), volume('va', 'a'), node('save', 'project_save')];
  const { calls, units, waapiCalls } = compileWorkflow({ nodes, edges: [] }, registry);
  expect(units).toEqual([['a', 'va'], ['save']]);
  expect(calls).toEqual([
    { unit: 0, uri: 'ak.wwise.core.object.get', nodes: 2 },
    { unit: 0, uri: 'ak.wwise.core.object.set', nodes: 1 },
    { unit: 0, uri: 'ak.wwise.core.object.set', nodes: 1 },
    { unit: 0, uri: 'ak.wwise.core.object.get', nodes: 1 },
  ]);
  expect(waapiCalls).toBe(7);
});

it('a read keeps its place: what stands before and behind it is not put together', () => {
  const nodes = [sound('a'), read('r'), sound('b'), sound('c')];
  expect(unitsOf(nodes, edges('a r', 'r b', 'b c'))).toEqual([['a'], ['r'], ['b', 'c']]);
});

it.each([
  ['retry', { retry: { maxRetries: 2 } }],
  ['onError', { onError: 'continue' }],
  ['timeoutMs', { timeoutMs: 5_000 }],
])('a node with its own %s is executed alone', (_name, policy) => {
  const nodes = [sound('a'), sound('b'), { ...sound('c'), ...policy }, sound('d'), sound('e')];
  expect(unitsOf(nodes)).toEqual([['a', 'b'], ['c'], ['d', 'e']]);
});

it('an input that cannot be batched is executed alone', () => {
  const replacing = node('b', 'create_sound', {
    name: 'b',
    parentPath: '\\Containers\\Default Work Unit',
    onNameConflict: 'replace',
  });
  expect(unitsOf([sound('a'), replacing, sound('c'), sound('d')])).toEqual([['a'], ['b'], ['c', 'd']]);
});

it('a plan in which nothing is batched names no units', () => {
  const plan = compileWorkflow({ nodes: [read('r'), node('save', 'project_save')], edges: [] }, registry);
  expect(plan.units).toBeUndefined();
  expect(plan.calls).toBeUndefined();
});
