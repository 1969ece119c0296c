import { z } from 'zod';
import { PROGRAM_LIST_BYTES } from '../../../../core/answers/budget.ts';
import { runsWanted } from '../../../../core/run-states.ts';
import { runOrders } from '../../../../core/stores/run-store.ts';
import { leanRoute } from '../lean-route.ts';
import { type OperationRoute, operationRoute } from '../operation-route.ts';
import type { Operations } from '../operations.ts';
import { anyObject, listOf } from '../query/json-fields.ts';
import { listQuery, momentField, momentOf } from '../query/list-query.ts';
import type { RestCall, RestRoute } from '../rest-route.ts';
import type { RunFeeds } from '../run-feeds.ts';
import { runHead } from './run-heads.ts';
import { ofSession } from './session-routes.ts';

/** Runs: how far they are, their events, and what is done with one. */
export function executionRoutes(operations: Operations, feeds: RunFeeds): readonly RestRoute[] {
  const route = (name: string, how: OperationRoute): readonly RestRoute[] =>
    operations.has(name) ? [operationRoute(operations.get(name), how)] : [];
  const again = { statuses: [200, 202], headOf: runHead } as const;
  const ofRun: readonly RestRoute[] = [
    ...route('workflow_status', {
      ...{ method: 'get', path: '/executions/{executionId}', name: 'getExecution', scope: 'read' },
    }),
    ...route('workflow_resume', {
      ...{ method: 'post', path: '/executions/{executionId}/resume', name: 'resumeExecution', scope: 'run' },
      ...again,
    }),
    ...route('workflow_answer', {
      ...{ method: 'post', path: '/executions/{executionId}/answer', name: 'answerExecution', scope: 'run' },
      ...again,
    }),
    ...route('workflow_cancel', {
      ...{ method: 'post', path: '/executions/{executionId}/cancel', name: 'cancelExecution', scope: 'run' },
    }),
    ...route('workflow_rollback', {
      ...{
        method: 'post',
        path: '/executions/{executionId}/rollback',
        name: 'rollBackExecution',
        scope: 'run',
      },
    }),
    {
      ...{ method: 'get', path: '/executions/{executionId}/events', name: 'executionEvents', scope: 'read' },
      summary: 'Events of a run as they come (server-sent events)',
      ...{ query: {}, body: null, data: anyObject, statuses: [200] },
      run: ({ params, headers, room, caller, signal }) =>
        feeds.stream(params.executionId ?? '', {
          ...{ room, workspace: caller.workspace, signal },
          lastEventId: headers.get('last-event-id'),
        }),
    },
  ];
  return [
    listExecutions('/executions', 'listExecutions'),
    listExecutions('/workflows/{workflowId}/executions', 'executionsOfWorkflow'),
    ...ofRun,
    ...ofRun.map(ofSession),
    ...route('workflow_status', {
      ...{ method: 'get', path: '/workflows/executions/{executionId}', name: 'getExecutionOfWorkflow' },
      scope: 'read',
    }),
  ];
}

const asked = listQuery('executions', [...runOrders], {
  workflowId: z.string().max(128).optional().describe('Only runs of this workflow.'),
  state: z.enum(runsWanted).optional().describe('Only runs in this state; waiting: for an answer.'),
  caller: z.string().max(50).optional().describe('Only runs begun by mcp, cli or rest.'),
  code: z.string().max(50).optional().describe('Only runs that ended with this code.'),
  text: z.string().max(100).optional().describe('Text in the name or workflowId.'),
  from: momentField.optional().describe('Begun from this moment on, ISO 8601.'),
  to: momentField.optional().describe('Begun before this moment.'),
});

function listExecutions(path: string, name: string): RestRoute {
  const { workflowId: _inPath, ...others } = asked.fields;
  return leanRoute({
    ...{ method: 'get', path, name, summary: 'List runs', scope: 'read' },
    query: path.includes('{workflowId}') ? others : asked.fields,
    ...{ body: null, data: listOf('runs'), statuses: [200] },
    async run({ query, params, room }: RestCall) {
      const { take, cursor, skip, sortBy, sortOrder, from, to, ...filters } = asked.parse(query);
      const conditions = { ...filters, ...params, fromMs: momentOf(from), toMs: momentOf(to) };
      const service = await room.openService();
      const [result, count] = await Promise.all([
        service.list({
          ...conditions,
          ...{ limit: take, cursor, skip, sortBy, sortOrder, listBytes: PROGRAM_LIST_BYTES },
        }),
        service.count(conditions),
      ]);
      return { result, headers: count.ok ? { 'x-total-count': String(count.data.total) } : undefined };
    },
  });
}
