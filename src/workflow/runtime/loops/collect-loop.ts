import { toWwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { type Failure, failure, type Result, success } from '../../../core/result.ts';
import type { PlanBody, PlanNode } from '../../compiler/plan.ts';
import { resolveReferences, type Values } from '../../expressions/resolve.ts';
import { textReads } from '../../expressions/text-reads.ts';
import type { SkipReason } from '../journal/skip-reason.ts';
import type { Ledger } from '../schedule/ledger.ts';
import type { Outputs } from '../values/outputs.ts';
import { idInLoop, idInRun, type LoopScope, valuesOfItem } from './loop-scope.ts';
import { type Iterations, itemsMayFail } from './unroll.ts';

/** Why a loop gives nothing: one of its nodes failed, or lacked what it needed, and its items may not fail. */
export function whyBroken(loop: PlanNode, { nodes }: Iterations, ledger: Ledger): SkipReason | undefined {
  if (itemsMayFail(loop)) return undefined;
  for (const { id, onError } of nodes) {
    const row = ledger.rows.get(id);
    if (row?.ok === false && onError === undefined)
      return { reason: 'source-missing', source: id, ended: 'failed' };
    const skip = ledger.skipOf(id);
    if (skip?.reason === 'run-stopped' || skip?.reason === 'left-out')
      return { reason: 'source-missing', source: id, ended: 'skipped' };
  }
  return undefined;
}

/** What a loop gives once its nodes have ended. Never rejects. */
export async function collectLoop(
  body: PlanBody,
  { scopes, nodes }: Iterations,
  values: Values,
  { rows }: Ledger,
  outputs: Outputs,
): Promise<Result> {
  try {
    const given = await outputs.valuesFor(() => readsOfAll(body, scopes), values);
    const [only] = scopes;
    if (body.workflow !== undefined && only !== undefined) return success(gives(body, only, given));
    const failures: JsonObject[] = [];
    const failedAt = new Set<number>();
    for (const { id, onError } of nodes) {
      const row = rows.get(id);
      const index = indexIn(scopes, id);
      if (row?.ok !== false || onError !== undefined || failedAt.has(index)) continue;
      failedAt.add(index);
      failures.push({ index, node: id, code: row.code, error: row.error });
    }
    failures.sort((one, other) => Number(one.index) - Number(other.index));
    const items = scopes.map((scope, at) => (failedAt.has(at) ? null : itemGiven(body, scope, given)));
    return success({ items, count: scopes.length, failed: failures });
  } catch (thrown) {
    const failed: Failure = failure(toWwiseFlowError(thrown));
    return failed;
  }
}

/** What a sub-workflow gives: an object that was written as its output, or that value as "output". */
function gives(body: PlanBody, scope: LoopScope, values: Values): JsonObject {
  const value = itemGiven(body, scope, values);
  if (body.output !== undefined && !isJsonObject(body.output)) return { output: value };
  return asJsonObject(value ?? {});
}

function indexIn([first]: readonly LoopScope[], id: string): number {
  return first === undefined ? 0 : Number.parseInt(id.slice(first.loop.length + 1), 10);
}

function readsOfAll({ outputReads, nodes }: PlanBody, scopes: readonly LoopScope[]): string[] {
  const names =
    outputReads === undefined
      ? nodes.map(({ id }) => id)
      : outputReads.flatMap((text) => textReads(text, undefined).outputs);
  return scopes.flatMap((scope) => names.flatMap((name) => idInRun(scope, name) ?? []));
}

function itemGiven({ output, nodes }: PlanBody, scope: LoopScope, values: Values): Json {
  if (output !== undefined) return resolveReferences(output, valuesOfItem(scope, values));
  for (let at = nodes.length - 1; at >= 0; at -= 1) {
    const found = values.output(idInLoop(scope, nodes[at]?.id ?? ''));
    if (found !== undefined) return found;
  }
  return null;
}
