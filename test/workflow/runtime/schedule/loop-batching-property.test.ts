import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { hashPlan, type Plan, type PlanNode } from '../../../../src/workflow/compiler/plan.ts';
import { createRunner } from '../../../../src/workflow/runtime/runner.ts';
import { randomCases } from '../../../harness/amount.ts';
import { type ProjectRoom, withProject } from '../../../harness/project.ts';
import { node } from '../../harness.ts';

/** A loop whose items make a folder with notes, another one where a branch takes that way, and some inside of a loop of their own. */
interface Loop {
  readonly items: number;
  readonly from: number;
  readonly inner: number;
  readonly concurrency: number;
  readonly inSub: boolean;
}

const loops: fc.Arbitrary<readonly Loop[]> = fc.array(
  fc.record({
    items: fc.nat({ max: 4 }),
    from: fc.nat({ max: 4 }),
    inner: fc.nat({ max: 2 }),
    concurrency: fc.nat({ max: 2 }),
    inSub: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
);

const folder = (id: string, name: string, parentPath: string) =>
  node(id, 'create_object', { type: 'Folder', name, parentPath });

function documentOf(all: readonly Loop[]): JsonObject {
  return { workflowId: 'w', nodes: all.map(loopNode) };
}

function loopNode({ items, from, inner, concurrency, inSub }: Loop, at: number): JsonObject {
  const name = `L${at}_{{ index }}`;
  const noted = node('note', 'set_notes', { objectId: '$from:made:$output:id', notes: 'Item {{ item }}' });
  const sub = node('sub', 'subworkflow', {
    inputs: { of: { type: 'string' } },
    input: { of: '$from:made:$output:id' },
    nodes: [folder('in', 'Sub', '$input:of')],
  });
  const each: Record<string, Json> = {
    items: Array.from({ length: items }, (_, index) => index),
    ...(concurrency === 0 ? {} : { concurrency }),
    nodes: [
      folder('made', name, '\\Events\\Default Work Unit'),
      noted,
      node('which', 'branch', { condition: { of: '{{ item }}', operator: 'gte', value: from } }),
      folder('late', 'Late', '$from:made:$output:id'),
      ...(inSub ? [sub] : []),
      node('more', 'forEach', {
        items: Array.from({ length: inner }, (_, index) => index),
        nodes: [folder('leaf', 'Leaf_{{ index }}', '$from:made:$output:id')],
      }),
    ],
    edges: [{ source: 'which', target: 'late', sourceHandle: 'true' }],
  };
  return node(`loop${at}`, 'forEach', each);
}

/** The plan in which every node takes its own calls, those of items too. */
function alone({ units: _units, calls: _calls, ...plan }: Plan): Plan {
  const apart = (one: PlanNode): PlanNode => {
    if (one.body === undefined) return one;
    const { batched: _batched, heads: _heads, ...body } = one.body;
    return { ...one, body: { ...body, nodes: body.nodes.map(apart) } };
  };
  const made = { ...plan, nodes: plan.nodes.map(apart) };
  return { ...made, planHash: hashPlan(made) };
}

interface Came {
  readonly ok: boolean;
  readonly rows: readonly string[];
  readonly objects: readonly string[];
}

async function cameOf(
  document: JsonObject,
  planned: (plan: Plan) => Plan,
  concurrency: number,
): Promise<Came> {
  return withProject(async ({ bus, waapi }: ProjectRoom) => {
    const plan = planned(compileWorkflow(document, bus));
    const result = await createRunner({ bus, log: silentLog }).run(plan, { concurrency });
    const rows = asJsonArray(asJsonObject(result.ok ? result.data : result.details).results);
    const waql = '$ "\\Events\\Default Work Unit" select descendants';
    const found = await waapi.call('ak.wwise.core.object.get', { waql }, { return: ['path', 'notes'] });
    return {
      ok: result.ok,
      rows: rows.map(asJsonObject).map(({ node: id, ok, data }) => `${id} ${ok} ${asJsonObject(data).path}`),
      objects: asJsonArray(found.return)
        .map(asJsonObject)
        .map(({ path, notes }) => `${path} ${notes}`)
        .sort(),
    };
  });
}

it('random loops with branches and sub-workflows give the same project and rows, with shared calls or each alone, one at a time or many', async () => {
  await fc.assert(
    fc.asyncProperty(loops, async (all) => {
      const document = documentOf(all);
      const shared = await cameOf(document, (plan) => plan, 8);
      expect(shared.ok).toBe(true);
      expect(await cameOf(document, alone, 8)).toEqual(shared);
      expect(await cameOf(document, alone, 1)).toEqual(shared);
    }),
    { ...randomCases(5, 25), endOnFailure: true },
  );
});
