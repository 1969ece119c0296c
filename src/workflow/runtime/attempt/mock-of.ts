import { WwiseFlowError } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import type { NodeKind } from '../../nodes/node-kind.ts';
import type { RunFrame } from '../run-frame.ts';

/** What a node gives in a demo without being executed; undefined: it is executed. Throws MOCK_MISSING for one that would ask a service. */
export function mockOf(
  { id, type, mock, input }: PlanNode,
  { needsService, reachesOutside = false }: Pick<NodeKind, 'needsService' | 'reachesOutside'>,
  { parts }: RunFrame,
): JsonObject | undefined {
  if (parts.isDemo !== true || mock !== undefined) return parts.isDemo === true ? mock : undefined;
  if (!(needsService?.(input) ?? reachesOutside)) return undefined;
  throw new WwiseFlowError(
    'MOCK_MISSING',
    `Node ${id} (${type}) asks a service, and has no mock for a demo.`,
    {
      hint: 'Give it a "mock": { "output": { ... } } with what the service would answer.',
      details: { node: id },
    },
  );
}
