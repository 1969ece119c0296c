import type { JsonObject } from '../../core/json.ts';
import { type Result, success } from '../../core/result.ts';
import type { NodeToTest } from '../service.ts';
import { type Tried, tryOut } from './try-out.ts';

/**
 * Tries one node alone, on what flows in. How it failed is part of the answer; a failure means that it was not tried: it does not
 * compile, or there is no project.
 */
export async function testNode(
  { type, data = {}, flow, options = {}, mode, caller, signal }: NodeToTest,
  service: Tried,
): Promise<Result> {
  const node = { ...options, id: NODE, type, data };
  const before = { id: BEFORE, type: 'input', data: { source: 'static', value: '$input:flow' } };
  const workflow =
    flow === undefined
      ? { workflowId: `test-${type}`, nodes: [node] }
      : {
          workflowId: `test-${type}`,
          // As an input it is taken as it is, whatever looks like a reference in it.
          inputs: { flow: {} },
          nodes: [before, node],
          edges: [{ source: BEFORE, target: NODE }],
        };
  const input = flow === undefined ? {} : { flow };
  const tried = await tryOut(service, mode, { workflow, input, forceRerun: [NODE], caller, signal });
  if (!tried.ok) return tried;
  const { result, rows, objects, notPreviewed, costs, estimatedCosts, handle, warnings } = tried.data;
  const row = rows.find((one) => one.node === NODE);
  const inner = rows.filter((one) => one.node !== NODE && one.node !== BEFORE);
  const { ok = false, data: output = null, artifact, said, durationMs, peakMemoryBytes } = row ?? {};
  return success({
    type,
    mode,
    state: row === undefined ? 'notExecuted' : ok === true ? 'done' : 'failed',
    ...(row === undefined ? { why: whyNot(result, notPreviewed) } : {}),
    ...(ok === true ? { output, ...(artifact === undefined ? {} : { artifact }) } : {}),
    ...(row !== undefined && ok !== true ? { failure: failureIn(row) } : {}),
    ...(said === undefined ? {} : { messages: said }),
    ...(inner.length === 0 ? {} : { inside: inner }),
    ...(objects.length === 0 ? {} : { objects: [...objects] }),
    took: { durationMs: durationMs ?? null, peakMemoryBytes: peakMemoryBytes ?? null },
    ...(costs.length === 0 ? {} : { costs }),
    ...(estimatedCosts === null ? {} : { estimatedCosts }),
    ...handle,
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
  });
}

const NODE = 'node';
const BEFORE = 'before';

function failureIn({ code, error, hint, details }: JsonObject): JsonObject {
  return { code, error, hint, ...(details === undefined ? {} : { details }) };
}

function whyNot(result: Result, notPreviewed: readonly string[]): string {
  if (notPreviewed.includes(NODE))
    return 'It asks somebody outside, which a preview does not do: try it with mode "run", or with a mock and mode "demo".';
  if (!result.ok) return result.error;
  return 'It was skipped.';
}
