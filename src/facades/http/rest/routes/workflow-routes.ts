import { z } from 'zod';
import { PROGRAM_LIST_BYTES } from '../../../../core/answers/budget.ts';
import { WwiseFlowError } from '../../../../core/errors.ts';
import { asJsonObject, asString, type JsonObject } from '../../../../core/json.ts';
import { libraryOrders } from '../../../../core/stores/workflow-library.ts';
import { isInScope } from '../../access/caller.ts';
import { leanRoute } from '../lean-route.ts';
import { type OperationRoute, operationRoute, plainArgs, runOperation } from '../operation-route.ts';
import type { Operations } from '../operations.ts';
import { anyObject, listOf } from '../query/json-fields.ts';
import { listQuery, plainQuery } from '../query/list-query.ts';
import type { RestCall, RestRoute } from '../rest-route.ts';
import { runHead } from './run-heads.ts';
import { mergePatched, workflowArgs } from './workflow-body.ts';

/** Documents of the library, and what is done with one. */
export function workflowRoutes(operations: Operations): readonly RestRoute[] {
  const route = (name: string, how: OperationRoute): readonly RestRoute[] =>
    operations.has(name) ? [operationRoute(operations.get(name), how)] : [];
  return [
    ...route('workflow_run', {
      ...{ method: 'post', path: '/workflows/execute', name: 'executeWorkflow', scope: 'run' },
      ...{ argsOf: workflowArgs, statuses: [200, 202], headOf: runHead },
    }),
    ...route('workflow_compile', {
      ...{ method: 'post', path: '/workflows/compile', name: 'compileWorkflow', scope: 'read' },
      argsOf: workflowArgs,
    }),
    ...route('workflow_explain', {
      ...{ method: 'post', path: '/workflows/explain', name: 'explainWorkflow', scope: 'read' },
      argsOf: workflowArgs,
    }),
    ...route('workflow_run', {
      ...{ method: 'post', path: '/workflows/preview', name: 'previewWorkflow', scope: 'read' },
      ...{ summary: 'Preview workflow', argsOf: workflowArgs, fixed: { mode: 'preview' } },
    }),
    ...route('workflow_apply', {
      ...{ method: 'post', path: '/workflows/apply', name: 'applyPreview', scope: 'run' },
      ...{ statuses: [200, 202], headOf: runHead },
    }),
    ...route('workflow_compare', {
      ...{ method: 'post', path: '/workflows/compare', name: 'compareWorkflows', scope: 'read' },
      argsOf: trialArgs,
    }),
    listWorkflows,
    ...route('workflow_save', {
      ...{ method: 'post', path: '/workflows', name: 'createWorkflow', scope: 'run', statuses: [201] },
      argsOf: workflowArgs,
      headOf: (result) =>
        result.ok
          ? { status: 201, headers: { location: addressOf(asString(result.data.workflowId) ?? '') } }
          : {},
    }).map(refusingKnown),
    ...(operations.has('workflow_get') ? [leanRoute(getWorkflow)] : []),
    ...route('workflow_save', {
      ...{ method: 'put', path: '/workflows/{workflowId}', name: 'replaceWorkflow', scope: 'run' },
      argsOf: workflowArgs,
    }),
    ...(operations.has('workflow_save') ? [patchWorkflow(operations)] : []),
    ...route('workflow_delete', {
      ...{ method: 'delete', path: '/workflows/{workflowId}', name: 'deleteWorkflow', scope: 'run' },
    }),
    workflowVersions,
    ...route('workflow_run', {
      ...{ method: 'post', path: '/workflows/{workflowId}/execute', name: 'executeKept', scope: 'run' },
      ...{ without: ['workflow'], statuses: [200, 202], headOf: runHead },
    }),
    leanRoute(validateKept),
    ...route('workflow_test_node', {
      ...{ method: 'post', path: '/workflows/blocks/{type}/test', name: 'testBlock', scope: 'read' },
      ...{ summary: 'Try one node on a value', argsOf: trialArgs },
    }),
  ];
}

function addressOf(workflowId: string): string {
  return `/workflows/${encodeURIComponent(workflowId)}`;
}

const listAsked = listQuery('workflows', [...libraryOrders], {
  text: z.string().max(200).optional().describe('Text in id, name or description.'),
});

const listWorkflows: RestRoute = leanRoute({
  ...{ method: 'get', path: '/workflows', name: 'listWorkflows', summary: 'List workflows', scope: 'read' },
  ...{ query: listAsked.fields, body: null, data: listOf('workflows'), statuses: [200] },
  async run({ query, room }) {
    const { take, ...asked } = listAsked.parse(query);
    const { library } = await room.openService();
    const result = await library.list({ ...asked, limit: take, listBytes: PROGRAM_LIST_BYTES });
    const total = result.ok ? { 'x-total-count': String(result.data.total) } : undefined;
    return { result, headers: total };
  },
});

const versionAsked = plainQuery('workflows', {
  version: z.int().min(1).optional().describe('Default: the newest.'),
});

const getWorkflow: RestRoute = {
  ...{ method: 'get', path: '/workflows/{workflowId}', name: 'getWorkflow', summary: 'Get workflow' },
  ...{ scope: 'read', query: versionAsked.fields, body: null, data: anyObject, statuses: [200] },
  async run({ query, params, room }) {
    const { version } = versionAsked.parse(query);
    const { library } = await room.openService();
    return { result: await library.get({ workflowId: params.workflowId ?? '', version }) };
  },
};

/** What is there already is not made again: a new version of it is put. */
function refusingKnown(route: RestRoute): RestRoute {
  return {
    ...route,
    async run(call) {
      const args = workflowArgs(call.body ?? {});
      const workflowId = asString(args.workflowId) ?? asString(asJsonObject(args.workflow).workflowId);
      if (workflowId !== undefined) {
        const { library } = await call.room.openService();
        const present = await library.versions(workflowId);
        if (present.ok && Array.isArray(present.data.versions) && present.data.versions.length > 0)
          throw alreadyKept(workflowId);
      }
      return route.run(call);
    },
  };
}

function alreadyKept(workflowId: string): WwiseFlowError {
  return new WwiseFlowError('NAME_CONFLICT', `The library has a workflow "${workflowId}" already.`, {
    hint: `Send it by PUT to ${addressOf(workflowId)} to make it the newest version.`,
    details: { workflowId },
  });
}

function patchWorkflow(operations: Operations): RestRoute {
  return {
    ...{ method: 'patch', path: '/workflows/{workflowId}', name: 'patchWorkflow', scope: 'run' },
    summary: 'Change members of a workflow (RFC 7396)',
    ...{ query: {}, body: anyObject, data: anyObject, statuses: [200] },
    async run(call) {
      const workflowId = call.params.workflowId ?? '';
      const kept = await (await call.room.openService()).library.get({ workflowId });
      if (!kept.ok) return { result: kept };
      const workflow = mergePatched(asJsonObject(kept.data.document), plainArgs(call.body));
      return { result: await runOperation(operations.get('workflow_save'), { workflow, workflowId }, call) };
    },
  };
}

const workflowVersions: RestRoute = {
  ...{ method: 'get', path: '/workflows/{workflowId}/versions', name: 'workflowVersions', scope: 'read' },
  summary: 'Versions of a workflow',
  ...{ query: {}, body: null, data: listOf('versions'), statuses: [200] },
  run: async ({ params, room }) => ({
    result: await (await room.openService()).library.versions(params.workflowId ?? ''),
  }),
};

const validateKept: RestRoute = {
  ...{ method: 'post', path: '/workflows/{workflowId}/validate', name: 'validateWorkflow', scope: 'read' },
  summary: 'Compile a workflow of the library',
  ...{ query: {}, body: null, data: anyObject, statuses: [200] },
  run: async ({ params, room }) => ({
    result: await (await room.openService()).showPlan({ workflowId: params.workflowId ?? '' }),
  }),
};

/** What is tried for real needs the right to run; on a copy of the project to read is enough. */
function trialArgs(body: unknown, { caller }: RestCall): JsonObject {
  const args = plainArgs(body);
  if (args.mode !== 'run' || isInScope(caller, 'run')) return args;
  throw new WwiseFlowError('NOT_PERMITTED', 'The token of this request may not run anything.', {
    hint: 'Leave "mode" out: it is then tried on a copy of the project.',
    details: { mode: 'run' },
  });
}
