import type { JsonObject } from '../../../core/json.ts';
import type { NodeRecord, RunRecord, RunStore } from '../../../core/stores/run-store.ts';
import type { Plan } from '../../compiler/plan.ts';
import type { Values } from '../../expressions/resolve.ts';
import { isChangingEffect } from '../../nodes/node-kind.ts';
import { runDir } from '../execute-run.ts';
import { type JournalledNode, lastStates } from '../journal/read-journal.ts';
import { readUnrolled, unrolledPlan } from '../loops/read-unrolled.ts';
import { runInputs } from '../run-options.ts';
import type { RunnerParts } from '../run-request.ts';
import { readsOf } from '../values/node-input.ts';
import { createOutputs } from '../values/outputs.ts';
import { valuesAround } from '../values/values-around.ts';
import { type DoneNode, rollBack, seenOfBrokenOff } from './roll-back.ts';

/**
 * Rolls back a run that ended some time ago, by what its journal says. `isLastStep`: as far as this process knows nothing was
 * changed since, so that one undo does it. Rejects when the project cannot be asked.
 */
export async function rollBackLater(
  parts: RunnerParts & { readonly store: RunStore },
  record: RunRecord,
  planned: Plan,
  isLastStep: boolean,
  now: () => number,
): Promise<JsonObject> {
  const { store, bus, stateDir } = parts;
  const { executionId } = record;
  const dir = stateDir === undefined ? undefined : runDir(stateDir, executionId);
  const journal = lastStates(await store.transitions(executionId));
  const plan = unrolledPlan(planned, await readUnrolled(journal, parts.artifacts));
  const values = await valuesOf(parts, record, plan, journal, dir);
  const done: DoneNode[] = plan.nodes.flatMap((node) => {
    const known = journal.get(node.id);
    if (known === undefined) return [];
    // A node that was under way when the process ended may have changed more than was written down.
    const isCutOff = known.state === 'running' && isChangingEffect(node.effect) && node.body === undefined;
    const isBrokenOff = isCutOff || (known.state === 'failed' && known.changed && node.effect !== 'read');
    if (isBrokenOff) {
      const changes = isCutOff
        ? known.soFar && [...(known.changes ?? []), ...known.soFar]
        : seenOfBrokenOff(known.changes);
      return [{ node, output: {}, changes, changed: true, isBrokenOff, isCutOff }];
    }
    const output = known.state === 'done' ? values.output(node.id) : undefined;
    return output === undefined ? [] : [{ node, output, changes: known.changes, changed: known.changed }];
  });
  const report = await rollBack({
    plan,
    done,
    values,
    undoable: bus.project,
    dir,
    undo: async () => isLastStep && (await bus.project?.undoOwn()) === true,
    redo: async () => bus.project?.redo(),
  });
  const atMs = now();
  const transitions: NodeRecord[] = report.rolledBack.map((node) => ({
    node,
    state: 'rolledBack',
    atMs,
    detail: null,
  }));
  await store.append(executionId, transitions, 'powerSafe');
  if (report.verified) {
    const { endedAtMs, result } = record;
    await store.end(executionId, 'rolledBack', endedAtMs ?? atMs, result ?? {});
  }
  return { executionId, ...report };
}

/** What the nodes gave that may have changed something, and what these read. */
function valuesOf(
  parts: RunnerParts,
  { executionId, input }: RunRecord,
  plan: Plan,
  journal: ReadonlyMap<string, JournalledNode>,
  dir: string | undefined,
): Values | Promise<Values> {
  const outputs = createOutputs({
    executionId,
    artifacts: parts.artifacts,
    dir,
    capBytes: Number.POSITIVE_INFINITY,
  });
  for (const [node, { kept }] of journal) if (kept !== null) outputs.adopt(node, kept);
  const changing = plan.nodes.filter(({ effect }) => effect !== 'read' && effect !== 'none');
  return outputs.valuesFor(() => changing.flatMap((node) => [node.id, ...readsOf(node)]), {
    output: outputs.read,
    inputs: runInputs(plan, input ?? undefined),
    around: valuesAround(plan, parts),
  });
}
