import { expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { createRunner } from '../../../../src/workflow/runtime/runner.ts';
import { amount } from '../../../harness/amount.ts';
import { withProject } from '../../../harness/project.ts';
import { edges, node } from '../../harness.ts';

const unit = '\\Containers\\Default Work Unit';
const count = amount(30, 1_000);
const names = Array.from({ length: count }, (_, index) => `Sound_${index}`);

async function callsOf(document: JsonObject): Promise<{ calls: unknown; sounds: unknown }> {
  return withProject(async ({ bus, waapi }) => {
    const result = await createRunner({ bus, log: silentLog }).run(compileWorkflow(document, bus));
    expect(result).toMatchObject({ ok: true });
    const found = await waapi.call(
      'ak.wwise.core.object.get',
      { waql: '$ from type Sound where volume = -3' },
      { return: ['name'] },
    );
    const { return: rows } = found;
    return { calls: result.data?.waapiCalls, sounds: Array.isArray(rows) ? rows.length : rows };
  });
}

it('a loop that makes and sets many sounds takes as few calls as the same nodes written out', async () => {
  const looped: JsonObject = {
    nodes: [
      node('loop', 'forEach', {
        items: names,
        nodes: [
          node('sound', 'create_sound', { name: '{{ item }}', parentPath: unit }),
          node('volume', 'set_property', { property: 'Volume', value: -3 }),
        ],
        edges: edges('sound volume'),
      }),
    ],
  };
  const written: JsonObject = {
    nodes: [
      ...names.map((name) => node(`s${name}`, 'create_sound', { name, parentPath: unit })),
      ...names.map((name) =>
        node(`v${name}`, 'set_property', {
          objectId: `$from:s${name}:$output:objectId`,
          property: 'Volume',
          value: -3,
        }),
      ),
    ],
  };
  const loop = await callsOf(looped);
  expect(loop).toEqual(await callsOf(written));
  expect(loop.sounds).toBe(count);
  expect(Number(loop.calls)).toBeLessThan(count);
});
