import type { JsonObject } from '../../core/json.ts';
import { type Result, success } from '../../core/result.ts';
import type { WorkflowsToCompare } from '../service.ts';
import { differencesOf } from './differences.ts';
import { type Trial, type Tried, tryOut } from './try-out.ts';

/**
 * Tries two variants of a workflow on one input, one after the other, and says in what they differ: what their nodes give and what they
 * change, what they cost, and what they take. A failure means that one of them was not tried; which one, it says.
 */
export async function compareWorkflows(
  { a, b, input = {}, mode, caller, signal }: WorkflowsToCompare,
  service: Tried,
): Promise<Result> {
  const beside = { input, caller, signal };
  const first = await tryOut(service, mode, { ...a, ...beside });
  if (!first.ok) return { ...first, error: `Variant a: ${first.error}` };
  const second = await tryOut(service, mode, { ...b, ...beside });
  if (!second.ok) return { ...second, error: `Variant b: ${second.error}` };
  const [one, other] = [first.data, second.data];
  const { nodes, objects } = differencesOf(one, other);
  return success({
    mode,
    isSame: one.result.ok === other.result.ok && nodes.length === 0 && objects.length === 0,
    a: shown(one),
    b: shown(other),
    nodes,
    objects,
    savedMs: rounded(one.took.durationMs - other.took.durationMs),
    ...(mode === 'run' ? { note: 'Both were done for real, first a, then b on what a had left.' } : {}),
  });
}

function shown({
  result,
  rows,
  objects,
  notPreviewed,
  took,
  costs,
  estimatedCosts,
  handle,
}: Trial): JsonObject {
  return {
    succeeded: result.ok,
    ...(result.ok ? {} : { code: result.code, error: result.error }),
    executed: rows.length,
    ...(notPreviewed.length === 0 ? {} : { notPreviewed: [...notPreviewed] }),
    changedObjects: objects.length,
    took,
    ...(costs.length === 0 ? {} : { costs }),
    ...(estimatedCosts === null ? {} : { estimatedCosts }),
    ...handle,
  };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
