import { expect, it } from 'vitest';
import type { Json } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { compile, emptyShelf, node, shelfBus } from '../harness.ts';

const inputs = {
  list: { type: 'array', default: [1, 2] },
  text: { type: 'string', default: 'x'.repeat(5_000) },
  object: { type: 'object', default: { a: 1 } },
};

it.each<[type: string, data: Record<string, Json>, reported: string]>([
  ['say', { text: '$input:text' }, 'say: /text must have at most 4000 characters'],
  ['say', { text: '{{ padZero(1, 1000) + vars.long }}' }, 'say: /text must have at most 4000 characters'],
  ['wait', { forMs: '{{ 0 - 5 }}' }, 'wait: /forMs must be at least 0 (got -5)'],
  ['wait', { until: '$input:text' }, 'wait: /until must have at most 40 characters'],
  ['branch', { cases: '$input:list' }, 'branch: /cases/0 must be an object (got 1)'],
  ['end', { status: '$input:text' }, 'end: /status must be one of done, failed'],
  ['filter', { items: '$input:list', conditions: '$input:object' }, 'filter: /conditions has a value'],
  ['transform', { operations: '$input:list' }, 'transform: /operations/0 must be an object (got 1)'],
  ['merge', { sources: '$input:list' }, 'merge: /sources/0 must be a string (got 1)'],
])('a value that %s cannot take is refused by name when it comes: %j', async (type, data, reported) => {
  const plan = compile({ inputs, vars: { long: 'y'.repeat(4_000) }, nodes: [node('n', type, data)] });
  const result = await createRunner({ bus: shelfBus(emptyShelf()), log: silentLog }).run(plan, {});
  expect(result).toMatchObject({
    ok: false,
    code: 'INVALID_INPUT',
    error: expect.stringContaining(reported),
  });
});
