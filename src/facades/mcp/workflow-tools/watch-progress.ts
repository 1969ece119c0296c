import type { OnRunEvent } from '../../../workflow/service.ts';
import type { ToolCall } from '../tools/tool-call.ts';

/** Reports to the caller of a run every finished node (`n2 audioImport: done`), what nodes say, and that it waits. */
export function watchProgress(progress: ToolCall['progress']): OnRunEvent {
  let ended = 0;
  let total = 0;
  return (event) => {
    if (event.event === 'workflow.execution.start') total = event.nodeCount;
    if (event.event === 'node.message') progress(ended, total, `${event.nodeId} says: ${event.text}`);
    if (event.event === 'node.progress') progress(ended, total, `${event.nodeId}: ${event.text}`);
    if (event.event === 'workflow.execution.suspended') {
      const { untilMs, waiting } = event;
      if (untilMs !== null) progress(ended, total, `suspended until ${new Date(untilMs).toISOString()}`);
      for (const { node, prompt } of waiting) progress(ended, total, `${node} asks: ${prompt}`);
    }
    if (event.event !== 'node.execution.complete') return;
    const { nodeId, type, index, nodeCount, ok, code, memo } = event;
    const outcome = ok ? (memo === 'hit' ? 'done before, still holds' : 'done') : `failed: ${code}`;
    ended = Math.max(ended, index + 1);
    progress(index + 1, nodeCount, `${nodeId} ${type}: ${outcome}`);
  };
}
