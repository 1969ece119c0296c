import type { PlanNode } from '../../compiler/plan.ts';
import type { ResultRow } from '../journal/result-row.ts';
import type { RunFrame } from '../run-frame.ts';

/** Reports the beginning and the end of nodes as events of the run: the end once it is written down. */
export function announcements({
  emit,
  emitWritten,
  executionId,
  live,
}: Pick<RunFrame, 'emit' | 'emitWritten' | 'executionId' | 'live'>) {
  const headOf = ({ id, type }: PlanNode) => ({
    executionId,
    nodeId: id,
    type,
    index: live.indexOf(id),
    nodeCount: live.count,
  });
  return {
    announceStart: (node: PlanNode): void => emit({ event: 'node.execution.start', ...headOf(node) }),
    announce: (node: PlanNode, row: ResultRow): void => {
      const { ok, durationMs } = row;
      const code = row.ok ? null : row.code;
      const memo = row.ok ? row.memo : 'off';
      emitWritten({ event: 'node.execution.complete', ...headOf(node), ok, code, memo, durationMs });
    },
  };
}
