import type { Config } from '../config/config.ts';
import type { Stores } from '../core/stores/stores.ts';
import { toolNamesFor } from '../facades/mcp/tools/select-tools.ts';

/** Runs that an earlier process suspended: nobody but who asks for it goes on with them here. */
export async function suspendedNotices(
  { runs }: Stores,
  { choice }: Config,
): Promise<readonly (readonly [executionId: string, notice: string])[]> {
  const next = whatToDoWithSuspended(choice);
  return (await runs.suspended(5)).map(({ executionId, name, workflowId, wakeAtMs, waiting }) => {
    const until = wakeAtMs === null ? '' : ` until ${new Date(wakeAtMs).toISOString()}`;
    const isDue = wakeAtMs !== null && wakeAtMs <= Date.now();
    const asks = waiting?.[0] === undefined ? '' : ` and asks "${String(waiting[0].prompt).slice(0, 200)}"`;
    const what = isDue
      ? `has been due since ${new Date(wakeAtMs).toISOString()}`
      : `is suspended${until}${asks}`;
    return [executionId, `The run ${executionId} (${name ?? workflowId}) ${what}: ${next}.`];
  });
}

/** Names only tools that are offered. */
function whatToDoWithSuspended(choice: Config['choice']): string {
  const names = new Set(toolNamesFor(choice, choice.profile));
  const offered = [
    ...(names.has('workflow_answer') ? ['workflow_answer answers what it asks'] : []),
    ...(names.has('workflow_resume') ? ['workflow_resume goes on with it'] : []),
    ...(names.has('workflow_cancel') ? ['workflow_cancel ends it'] : []),
  ];
  if (offered.length > 0) return offered.join(', ');
  return 'it can be neither gone on with nor ended by the tools of this server; `wwiseflow resume` does the former';
}
