import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import type { Stores } from '../../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import type { Plan } from '../../../src/workflow/compiler/plan.ts';
import { compileFromLibrary } from '../../../src/workflow/library/compile-from-library.ts';
import { createPlanCache } from '../../../src/workflow/library/plan-cache.ts';
import { emptyShelf, node, shelfBus } from '../harness.ts';

let stores: Stores;
beforeEach(() => {
  stores = openSqliteStores(null);
});
afterEach(() => stores.close());

const bus = shelfBus(emptyShelf());
const openCache = (version = '1') => createPlanCache({ store: stores.plans, version, log: silentLog });
const flow = (name: string): JsonObject => ({
  workflowId: 'w',
  nodes: [node('ask', 'askUser', { template: { fields: [{ name, type: 'text' }] } })],
});
/** Compiles, and counts how often. */
const compiling = () => {
  let count = 0;
  const compile = (document: JsonObject) => (): Plan => {
    count += 1;
    return compileWorkflow(document, bus);
  };
  return { compile, count: () => count };
};

it('a workflow is compiled once, and a second process finds its plan in the store', async () => {
  const { compile, count } = compiling();
  const document = flow('take');
  const cache = openCache();
  const first = await cache.planOf([document], bus, compile(document));
  expect(await cache.planOf([document], bus, compile(document))).toBe(first);
  const second = await openCache().planOf([document], bus, compile(document));
  expect(count()).toBe(1);
  expect(second).toEqual(first);
  expect(Object.isFrozen(second.nodes)).toBe(true);
});

it('another document, other commands, another profile or another version is compiled anew', async () => {
  const { compile, count } = compiling();
  const document = flow('take');
  await openCache().planOf([document], bus, compile(document));
  await openCache().planOf([flow('bus')], bus, compile(flow('bus')));
  await openCache().planOf([document], { ...bus, commands: bus.commands.slice(1) }, compile(document));
  await openCache().planOf([document], { ...bus, profile: 'reader' }, compile(document));
  await openCache('2').planOf([document], bus, compile(document));
  expect(count()).toBe(5);
});

it('what is in the store and no plan is compiled over', async () => {
  const { compile, count } = compiling();
  const document = flow('take');
  const plans = { ...stores.plans, get: async () => ({ nodes: 'none' }) };
  const cache = createPlanCache({ store: plans, version: '1', log: silentLog });
  const plan = await cache.planOf([document], bus, compile(document));
  expect([count(), plan.order]).toEqual([1, ['ask']]);
});

it('a workflow that includes another one is compiled anew when that has changed', async () => {
  const sources = { library: stores.library, examples: [], plans: openCache() };
  const save = (text: string) =>
    stores.library.save({
      ...{ workflowId: 'inner', name: null, description: null },
      document: { workflowId: 'inner', nodes: [node('s', 'say', { text })] },
    });
  const outer = { workflowId: 'outer', nodes: [node('sub', 'subworkflow', { workflow: 'inner' })] };
  await save('one');
  const one = await compileFromLibrary(outer, bus, sources);
  expect(await compileFromLibrary(outer, bus, sources)).toBe(one);
  await save('two');
  const two = await compileFromLibrary(outer, bus, sources);
  expect(two.planHash).not.toBe(one.planHash);
});

it('a document that does not compile is refused each time', async () => {
  const sources = { library: stores.library, examples: [], plans: openCache() };
  const broken = { workflowId: 'w', nodes: [node('a', 'no_such_type', {})] };
  for (const _ of [1, 2])
    await expect(compileFromLibrary(broken, bus, sources)).rejects.toMatchObject({ code: 'UNKNOWN_COMMAND' });
});
