import { WwiseFlowError } from '../../../../core/errors.ts';
import { asJsonObject } from '../../../../core/json.ts';
import { type Result, success } from '../../../../core/result.ts';
import type { HttpParts } from '../../http-parts.ts';
import { anyObject, listOf, objectOf } from '../query/json-fields.ts';
import type { RestCall, RestRoute } from '../rest-route.ts';
import { workflowArgs } from './workflow-body.ts';

/** What a program draws from: the same as agents read in parts, in one piece. */
export function wholeRoutes({ opened }: Pick<HttpParts, 'opened'>): readonly RestRoute[] {
  return [
    {
      ...{ method: 'get', path: '/authoring', name: 'getAuthoring', scope: 'read' },
      summary: 'Every type of node with its inputs and outputs, and the functions of expressions',
      ...{ query: {}, body: null, data: listOf('nodeTypes'), statuses: [200] },
      async run({ room }) {
        const authoring = await (await room.openService()).authoring();
        const result = authoring.ok
          ? success({
              nodeTypes: [...authoring.data.nodeTypes],
              functions: [...authoring.data.functions],
            })
          : authoring;
        return { result };
      },
    },
    {
      ...{ method: 'post', path: '/workflows/plan', name: 'planWorkflow', scope: 'read' },
      summary: 'The whole plan of a workflow',
      ...{
        query: {},
        body: objectOf({ workflow: anyObject }, ['workflow']),
        data: anyObject,
        statuses: [200],
      },
      async run({ body, room }) {
        const { workflow } = workflowArgs(body ?? {});
        return { result: plain(await (await room.openService()).compile({ workflow, checkProject: true })) };
      },
    },
    {
      ...{ method: 'get', path: '/opened', name: 'getOpened', scope: 'read' },
      summary: 'The workflow of the file that `view` was started with',
      ...{ query: {}, body: null, data: objectOf({ document: anyObject }), statuses: [200] },
      async run() {
        if (opened === undefined)
          throw new WwiseFlowError('NOT_FOUND', 'This server was started with no file to show.', {
            hint: 'Start `wwiseflow view FLOW.json`, or open the file on the page.',
          });
        return { result: success({ document: asJsonObject(opened) }) };
      },
    },
    {
      ...{ method: 'get', path: '/executions/{executionId}/status', name: 'executionStatus', scope: 'read' },
      summary: 'The whole state of a run: every node with its times, and the result',
      ...{ query: {}, body: null, data: anyObject, statuses: [200] },
      run: async ({ params, room }) => ({
        result: plain(await (await room.openService()).status(params.executionId ?? '')),
      }),
    },
    {
      ...{ method: 'get', path: '/executions/{executionId}/plan', name: 'executionPlan', scope: 'read' },
      summary: 'The plan of a run',
      ...{ query: {}, body: null, data: anyObject, statuses: [200] },
      run: async ({ params, room }) => ({
        result: plain(await (await room.openService()).planOf(params.executionId ?? '')),
      }),
    },
    {
      ...{ method: 'get', path: '/executions/{executionId}/input', name: 'executionInput', scope: 'read' },
      summary: 'What flows into a node of a run, with the values of its references',
      ...{
        query: {
          node: {
            schema: { type: 'string', maxLength: 1_000 },
            description: 'The node, as the state of the run names it.',
            required: true,
          },
        },
        ...{ body: null, data: anyObject, statuses: [200] },
      },
      run: async ({ params, query, room }) => ({
        result: await (await room.openService()).inputOf(params.executionId ?? '', query.get('node') ?? ''),
      }),
    },
    {
      ...{ method: 'get', path: '/previews/{previewId}', name: 'getPreview', scope: 'read' },
      summary: 'A whole preview, with the diff of every file',
      ...{ query: {}, body: null, data: anyObject, statuses: [200] },
      run: wholePreview,
    },
  ];
}

/** What a type describes is JSON all the same. */
function plain<D extends object>(result: Result<D>): Result {
  if (!result.ok) return result;
  return {
    ...success(asJsonObject(result.data)),
    ...(result.notices === undefined ? {} : { notices: result.notices }),
  };
}

async function wholePreview({ params, room }: RestCall): Promise<{ readonly result: Result }> {
  const previewId = params.previewId ?? '';
  if (!previewId.startsWith('preview_'))
    throw new WwiseFlowError('PREVIEW_NOT_FOUND', `"${previewId.slice(0, 100)}" is no preview.`, {
      hint: 'POST /workflows/preview makes one, and names it in previewId.',
      details: { previewId: previewId.slice(0, 100) },
    });
  return {
    result: await (await room.openService()).show({ executionId: previewId, whole: true, verbose: true }),
  };
}
