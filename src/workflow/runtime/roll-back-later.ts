import { toWwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { NodeRecord, RunRecord, RunStore } from '../../core/stores/run-store.ts';
import type { Plan } from '../compiler/plan.ts';
import { changesProject } from '../nodes/node-kind.ts';
import { readJournal } from './journal/read-journal.ts';
import { createOutputs, DEFAULT_OUTPUT_CAP_BYTES } from './outputs.ts';
import { runDir } from './perform-run.ts';
import { type DoneNode, rollBack, seenOfBrokenOff } from './roll-back.ts';
import { runInputs } from './run-options.ts';
import type { RunnerParts } from './run-request.ts';

/**
 * Takes back a run that ended some time ago, by what its journal says. `isLastStep`: as far as this process knows nothing was
 * changed since, so that one undo does it. Rejects when the project cannot be asked.
 */
export async function rollBackLater(
  parts: RunnerParts & { readonly store: RunStore },
  record: RunRecord,
  plan: Plan,
  isLastStep: boolean,
  now: () => number,
): Promise<JsonObject> {
  const { store, bus, stateDir } = parts;
  const { executionId } = record;
  const dir = stateDir === undefined ? undefined : runDir(stateDir, executionId);
  const journal = readJournal(await store.transitions(executionId));
  const outputs = createOutputs(dir, parts.outputCapBytes ?? DEFAULT_OUTPUT_CAP_BYTES);
  for (const [node, { data }] of journal) if (data !== null) outputs.adopt(node, data);
  const done: DoneNode[] = plan.nodes.flatMap((node) => {
    const known = journal.get(node.id);
    if (known === undefined) return [];
    // A node that was under way when the process ended may have changed more than was written down.
    const isCutOff = known.state === 'running' && changesProject(node.effect);
    const isBrokenOff = isCutOff || (known.state === 'failed' && known.changed && node.effect !== 'read');
    if (isBrokenOff) {
      const changes = isCutOff ? undefined : seenOfBrokenOff(known.changes);
      return [{ node, output: {}, changes, changed: true, isBrokenOff }];
    }
    const output = known.state === 'done' ? outputs.read(node.id) : undefined;
    return output === undefined ? [] : [{ node, output, changes: known.changes, changed: known.changed }];
  });
  const report = await rollBack({
    plan,
    done,
    values: { output: (node) => outputs.read(node), inputs: runInputs(plan, record.input ?? undefined) },
    door: bus.project,
    dir,
    undo: async () => {
      if (!isLastStep) return false;
      try {
        return (await bus.project?.undoOwn()) === true;
      } catch (thrown) {
        // A history that is empty (creating a Work Unit ends it) undoes nothing: then it goes one by one.
        if (toWwiseFlowError(thrown).code === 'WAAPI_ERROR') return false;
        throw thrown;
      }
    },
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
