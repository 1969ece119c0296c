import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { amount } from '../../../harness/amount.ts';
import { withService } from './service-client.ts';

const home = '\\Containers\\Default Work Unit';

/** Words that mean something somewhere, among them what comes to be while the test runs. */
const words = [
  ...['', ' ', '0', 'ok', 'failed', 'done', 'running', 'preview', 'run', 'rollback', 'latest', 'constructor'],
  ...['__proto__', 'a', 'b', 'flow', 'nobody', 'preview_0', 'exec_0', 'results:0', 'objects:9', 'nodes:-1'],
  ...['create_sound', '2026-05-31', '2026-05-31T14:00:00Z', 'NaN', '../../x', 'C:\\x', '$from:a:$output:id'],
  ...['{11111111-1111-1111-1111-111111111111}', 'f'.repeat(64), '\u0000', '😀'.repeat(40)],
];

it('whatever workflow, audit and memo tools are given, their answer is one their output schema allows', async () => {
  await withService(async ({ app, call }) => {
    const flow = { workflowId: 'flow', nodes: [sound('a'), { id: 's', type: 'projectSave' }] };
    const known: string[] = [...words];
    for (const mode of ['run', 'preview']) {
      const { data } = await call('workflow_run', { workflow: flow, mode });
      const { executionId, previewId, results } = asJsonObject(data);
      known.push(...[executionId, previewId].filter((id) => typeof id === 'string'));
      const [row] = Array.isArray(results) ? results : [];
      const key = asJsonObject(row).idemKey;
      if (typeof key === 'string') known.push(key);
    }
    await call('workflow_save', { workflow: flow });
    const tools = (await app.loadTools()).filter(({ source }) => source.toolset === 'workflow');
    expect(tools.length).toBeGreaterThan(12);
    const workflows = fc.constantFrom<unknown>(
      ...[flow, JSON.stringify(flow), { nodes: [] }, { ...flow, onError: 'undo' }, [], '{', null],
      { ...flow, inputs: { v: { type: 'number' } }, nodes: [{ ...sound('a'), data: { name: '$input:v' } }] },
      { ...flow, nodes: [{ ...sound('b'), data: { name: 'B', parentPath: '\\Nowhere' } }] },
    );
    const values = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom<unknown>(...known) },
      { weight: 2, arbitrary: fc.constantFrom<unknown>(true, false, null, 0, 1, -1, 5, 1.5, 1e9) },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
    );
    const calls = fc.constantFrom(...tools).chain(({ source }) => {
      const { properties } = asJsonObject(
        z.toJSONSchema(source.input, { io: 'input', unrepresentable: 'any' }),
      );
      const fields = Object.keys(asJsonObject(properties)).map((name) => [name, fieldOf(name)] as const);
      const args = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
      return fc.record({ tool: fc.constant(source.name), args, stray: fc.option(values, { freq: 12 }) });
    });
    function fieldOf(name: string): fc.Arbitrary<unknown> {
      if (name === 'waitMs') return fc.constantFrom<unknown>(0, 1, 60_000, -1, 'x');
      if (name === 'workflow') return fc.oneof({ weight: 6, arbitrary: workflows }, values);
      return values;
    }
    await fc.assert(
      fc.asyncProperty(calls, async ({ tool, args, stray }) => {
        const given = { ...args, ...(stray === null ? {} : { stray }) };
        // The call itself checks the answer against the schema.
        const answer = await call(tool, JSON.parse(JSON.stringify(given)) as JsonObject);
        if (answer.ok !== true) {
          expect(answer).toMatchObject({ ok: false, data: null });
          expect(answer.code).not.toBe('INTERNAL');
          for (const text of [answer.error, answer.hint]) expect(String(text)).toMatch(/\S/);
        }
      }),
      { numRuns: amount(80, 1500, 'PROPERTY_RUNS'), endOnFailure: true },
    );
  });
});

function sound(id: string): JsonObject {
  return { id, type: 'createSound', data: { name: id.toUpperCase(), parentPath: home } };
}
