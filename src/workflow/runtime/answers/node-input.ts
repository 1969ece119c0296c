import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, type JsonObject } from '../../../core/json.ts';
import type { RunRecord } from '../../../core/stores/run-store.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import type { JournalledNode } from '../journal/read-journal.ts';
import { readPlan } from '../journal/read-plan.ts';
import { readUnrolled, unrolledPlan } from '../loops/read-unrolled.ts';
import { runInputs } from '../run-options.ts';
import type { RunnerParts } from '../run-request.ts';
import { readsOf, resolveInput } from '../values/node-input.ts';
import { createOutputs } from '../values/outputs.ts';
import { valuesAround } from '../values/values-around.ts';

/**
 * What flows into a node of a run, worked out again from what the journal has: `isResolved` says whether every reference had its
 * value, `why` what was missing. Secrets stand as their names. Rejects with INVALID_INPUT for a node the run does not have.
 */
export async function inputOfNode(
  parts: RunnerParts,
  record: RunRecord,
  journal: ReadonlyMap<string, JournalledNode>,
  node: string,
): Promise<JsonObject> {
  const { artifacts } = parts;
  const plan = unrolledPlan(readPlan(record), await readUnrolled(journal, artifacts));
  const planned = plan.nodes.find(({ id }) => id === node);
  if (planned === undefined) {
    const ids = plan.nodes.map(({ id }) => id);
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `The run has no node "${node.slice(0, 200)}".${didYouMean(node, ids)}`,
      { hint: 'Its state lists its nodes.', details: { node: node.slice(0, 200) } },
    );
  }
  const { executionId } = record;
  const outputs = createOutputs({
    executionId,
    artifacts,
    dir: undefined,
    capBytes: Number.MAX_SAFE_INTEGER,
  });
  for (const [id, { kept }] of journal) if (kept !== null) outputs.adopt(id, kept);
  try {
    const values = await outputs.valuesFor(() => readsOf(planned), {
      output: outputs.read,
      error: (id) => {
        const failed = journal.get(id)?.failed;
        return failed ? { code: failed.code, error: failed.error, hint: failed.hint } : undefined;
      },
      inputs: runInputs(plan, record.input ?? undefined),
      around: { ...valuesAround(plan, parts), secret: (name) => `(secret ${name})` },
    });
    return { node, isResolved: true, input: asJsonObject(resolveInput(planned, values)) };
  } catch (thrown) {
    return { node, isResolved: false, input: planned.input, why: toWwiseFlowError(thrown).message };
  }
}
