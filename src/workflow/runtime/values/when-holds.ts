import { WwiseFlowError } from '../../../core/errors.ts';
import type { Json } from '../../../core/json.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import { resolveReferences, type Values } from '../../expressions/resolve.ts';
import { conditionsSchema } from '../../nodes/conditions/condition.ts';
import { conditionHolds } from '../../nodes/conditions/evaluate-condition.ts';
import { type FlowParts, flowInto, withFlow } from './flow-into.ts';
import { seenFrom } from './node-input.ts';
import { showValue } from './show-value.ts';

/** Whether a node is executed as far as its `when` decides. Throws where that cannot be judged: the node then fails. */
export function whenHolds(node: PlanNode, when: Json, values: Values, parts: FlowParts): boolean {
  const given = resolveReferences(when, seenFrom(node, withFlow(node, values, parts)), node.inputFrom);
  const condition = conditionsSchema.safeParse(given);
  if (condition.success) return conditionHolds(condition.data, flowInto(node, values, parts));
  throw new WwiseFlowError('INVALID_INPUT', `"when" came to ${showValue(given)}, which is no condition.`, {
    hint: 'Let it come to true or false, or compare: { "of": "$from:n1:$output:total", "operator": "gt", "value": 0 }.',
    details: { node: node.id },
  });
}
