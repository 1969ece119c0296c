import { z } from 'zod';
import { PROGRAM_LIST_BYTES } from '../../../../core/answers/budget.ts';
import { asJsonArray, asJsonObject } from '../../../../core/json.ts';
import { success } from '../../../../core/result.ts';
import { auditOrders } from '../../../../core/stores/audit-store.ts';
import { memoOrders } from '../../../../core/stores/memo-store.ts';
import type { HttpParts } from '../../http-parts.ts';
import { leanRoute } from '../lean-route.ts';
import { operationRoute } from '../operation-route.ts';
import type { Operations } from '../operations.ts';
import { anyObject, listOf } from '../query/json-fields.ts';
import { listQuery, momentField, momentOf, skipQuery } from '../query/list-query.ts';
import { pageOf } from '../query/page-of.ts';
import type { RestRoute } from '../rest-route.ts';

/** What was done, what is remembered, what there is to start from, and the project. */
export function recordRoutes(
  operations: Operations,
  { describeProject }: Pick<HttpParts, 'describeProject'>,
): readonly RestRoute[] {
  return [
    ...(operations.has('audit_query') ? [listAudit] : []),
    ...(operations.has('memo_inspect') ? [listMemo] : []),
    listTemplates,
    getTemplate,
    ...(operations.has('workflow_from_template')
      ? [
          operationRoute(operations.get('workflow_from_template'), {
            ...{ method: 'post', path: '/templates/{template}/workflow', name: 'makeFromTemplate' },
            ...{ scope: 'read', without: ['text'] },
          }),
        ]
      : []),
    {
      ...{
        method: 'get',
        path: '/projects',
        name: 'listProjects',
        summary: 'The open project',
        scope: 'read',
      },
      ...{ query: {}, body: null, data: listOf('projects'), statuses: [200] },
      async run() {
        const described = await describeProject();
        if (!described.ok) return { result: described };
        const result = success({ projects: [described.data] });
        return { result, headers: { 'x-total-count': '1' } };
      },
    },
  ];
}

const auditAsked = listQuery('audit', [...auditOrders], {
  from: momentField.optional().describe('From this moment on, ISO 8601.'),
  to: momentField.optional().describe('Before this moment.'),
  executionId: z.string().max(100).optional().describe('Only of this run.'),
  caller: z.string().max(50).optional().describe('Only what mcp, cli, rest or workflow asked for.'),
  command: z.string().max(100).optional().describe('E.g. set_property.'),
  objectId: z.string().max(100).optional().describe('Only what names this GUID.'),
  outcome: z.string().max(50).optional().describe('ok, failed, or an error code.'),
  memo: z.enum(['hit', 'miss', 'stale', 'off']).optional().describe('Only where the memo had this.'),
});

const listAudit: RestRoute = leanRoute({
  ...{ method: 'get', path: '/audit', name: 'listAudit', summary: 'List what was done', scope: 'read' },
  ...{ query: auditAsked.fields, body: null, data: listOf('records'), statuses: [200] },
  async run({ query, room }) {
    const { take, cursor, skip, sortBy, sortOrder, from, to, ...filters } = auditAsked.parse(query);
    const conditions = { ...filters, fromMs: momentOf(from), toMs: momentOf(to) };
    const { audit } = await room.openService();
    const page = { limit: take, cursor, skip, sortBy, sortOrder, listBytes: PROGRAM_LIST_BYTES };
    const [result, count] = await Promise.all([
      audit.query({ ...conditions, ...page }),
      audit.count(conditions),
    ]);
    return { result, headers: count.ok ? { 'x-total-count': String(count.data.total) } : undefined };
  },
});

const memoAsked = skipQuery('memo', [...memoOrders], {
  from: momentField.optional().describe('Remembered from this moment on, ISO 8601.'),
  to: momentField.optional().describe('Before this moment.'),
  command: z.string().max(100).optional().describe('E.g. create_sound.'),
  text: z.string().min(3).max(200).optional().describe('Only with this text, e.g. a GUID.'),
  key: z.string().min(1).max(64).optional().describe('The idemKey of a result, or how it begins.'),
  state: z.enum(['intent', 'done']).optional().describe('intent: begun, the outcome not recorded.'),
});

const listMemo: RestRoute = leanRoute({
  ...{ method: 'get', path: '/memo', name: 'listMemo', summary: 'List what is remembered', scope: 'read' },
  ...{ query: memoAsked.fields, body: null, data: listOf('entries'), statuses: [200] },
  async run({ query, room }) {
    const { take, skip = 0, from, to, ...filters } = memoAsked.parse(query);
    const { memo } = await room.openService();
    const page = { limit: take, offset: skip, fromMs: momentOf(from), toMs: momentOf(to) };
    const listed = await memo.list({ ...filters, ...page });
    if (!listed.ok) return { result: listed };
    const { entries, total } = listed.data;
    return { result: success({ entries: [...entries] }), headers: { 'x-total-count': String(total) } };
  },
});

const templatesAsked = skipQuery('templates', ['workflowId', 'name'], {
  text: z.string().max(200).optional().describe('Text in id, name or description.'),
});

const listTemplates: RestRoute = leanRoute({
  ...{ method: 'get', path: '/templates', name: 'listTemplates', scope: 'read' },
  summary: 'Workflows to start from, with their inputs',
  ...{ query: templatesAsked.fields, body: null, data: listOf('templates'), statuses: [200] },
  async run({ query, room }) {
    const { text, ...page } = templatesAsked.parse(query);
    const { templates } = await room.openService();
    const listed = await templates.list({ text });
    if (!listed.ok) return { result: listed };
    const { rows, total } = pageOf(asJsonArray(listed.data.templates).map(asJsonObject), page);
    return { result: success({ templates: [...rows] }), headers: { 'x-total-count': String(total) } };
  },
});

const getTemplate: RestRoute = leanRoute({
  ...{ method: 'get', path: '/templates/{workflowId}', name: 'getTemplate', scope: 'read' },
  summary: 'A workflow that comes with WwiseFlow, or the one of the library in its stead',
  ...{ query: {}, body: null, data: anyObject, statuses: [200] },
  run: async ({ params, room }) => ({
    result: await (await room.openService()).library.get({ workflowId: params.workflowId ?? '' }),
  }),
});
