import type { OnRunEvent } from '../../../workflow/service.ts';
import type { ToolCall } from '../tool-call.ts';

/** Tells the caller of a run about every finished node: `n2 audioImport: done`. */
export function watchProgress(progress: ToolCall['progress']): OnRunEvent {
  return (event) => {
    if (event.event !== 'node.execution.complete') return;
    const { nodeId, type, index, nodeCount, ok, code, memo } = event;
    const outcome = ok ? (memo === 'hit' ? 'done before, still holds' : 'done') : `failed: ${code}`;
    progress(index + 1, nodeCount, `${nodeId} ${type}: ${outcome}`);
  };
}
