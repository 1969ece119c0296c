import { toWwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, type Json } from '../../../core/json.ts';
import { failure, type Result } from '../../../core/result.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import type { Values } from '../../expressions/resolve.ts';
import type { Outcome } from '../../nodes/node-kind.ts';
import { holdTo } from '../../schemas/hold-to.ts';
import { type FlowParts, flowInto } from '../values/flow-into.ts';

/** What flows into a node that has a schema for it, held to that; undefined for one without. Throws SCHEMA_MISMATCH. */
export function heldFlow(node: PlanNode, values: Values, parts: FlowParts): Json | undefined {
  const { input, coerce = false } = node.contract ?? {};
  if (input === undefined) return undefined;
  return holdTo(input, flowInto(node, values, parts), coerce, `What flows into "${node.id}"`);
}

/** Values in which `input` of a node's expressions is this. */
export function withFlowing({ inputFrom }: PlanNode, values: Values, flowing: Json): Values {
  if (inputFrom === undefined) return values;
  const output = asJsonObject(flowing);
  return { ...values, output: (id) => (id === inputFrom ? output : values.output(id)) };
}

/** How a node came out, what it gave held to its schema. */
export function promised(node: PlanNode, outcome: Result): Result;
export function promised(node: PlanNode, outcome: Outcome): Outcome;
export function promised(node: PlanNode, outcome: Outcome): Outcome {
  const { output, coerce = false } = node.contract ?? {};
  if (output === undefined || outcome.ok !== true) return outcome;
  try {
    const data = holdTo(output, outcome.data, coerce, `What "${node.id}" gives`);
    return { ...outcome, data: asJsonObject(data) };
  } catch (thrown) {
    return failure(toWwiseFlowError(thrown));
  }
}
