import { z } from 'zod';
import { hookSignatures } from '../../../../core/access/hook.ts';
import { makeHook } from '../../../../core/access/make-hook.ts';
import { parseInput } from '../../../../core/dispatch/input/parse-input.ts';
import { WwiseFlowError } from '../../../../core/errors.ts';
import { asJsonObject } from '../../../../core/json.ts';
import { type Result, success } from '../../../../core/result.ts';
import { type HookRecord, hookOrders } from '../../../../core/stores/hook-store.ts';
import type { WorkflowService } from '../../../../workflow/service.ts';
import type { DeliverHook } from '../../hooks/deliver-hook.ts';
import type { HttpParts } from '../../http-parts.ts';
import { anyObject, listOf, objectOf } from '../query/json-fields.ts';
import { skipQuery } from '../query/list-query.ts';
import { pageOf } from '../query/page-of.ts';
import type { RestRoute } from '../rest-route.ts';

/** Webhooks: addresses at which others start a workflow, without a bearer token. */
export function hookRoutes(
  { openHooks }: Pick<HttpParts, 'openHooks'>,
  deliver: DeliverHook,
): readonly RestRoute[] {
  return [createHook(openHooks), listHooks(openHooks), removeHook(openHooks), deliverHook(deliver)];
}

type OpenHooks = HttpParts['openHooks'];

const hookInput = z.strictObject({
  workflowId: z.string().min(1).max(128).optional().describe('Of the library, or an example.'),
  executionId: z.string().min(1).max(128).optional().describe('Instead: the run whose question is answered.'),
  node: z.string().min(1).max(128).optional().describe('Of that run, the node that asks.'),
  name: z.string().min(1).max(100).optional().describe('What it is for.'),
  days: z.int().min(0).max(36_500).default(0).describe('It expires after so many days; 0: never.'),
  signed: z.boolean().default(false).describe('Deliveries must be signed with a secret, shown once.'),
  signature: z.enum(hookSignatures).optional().describe('In which form. Default: Standard Webhooks.'),
  secret: z.string().min(8).max(500).optional().describe('What signs, where the sender made it.'),
  preset: z.string().min(1).max(80).optional().describe('Signed as this preset says, by its secret.'),
});

const { properties } = asJsonObject(JSON.parse(JSON.stringify(z.toJSONSchema(hookInput, { io: 'input' }))));
const hookBody = objectOf(asJsonObject(properties));

function createHook(openHooks: OpenHooks): RestRoute {
  return {
    ...{ method: 'post', path: '/hooks', name: 'createHook', scope: 'admin', query: {} },
    summary: 'Make a webhook that starts a workflow; its token is shown once',
    body: hookBody,
    ...{ data: anyObject, statuses: [201] },
    async run({ body, room, caller }) {
      const { days, preset, ...asked } = hookInput.parse(
        parseInput({ name: 'hooks', input: hookInput }, body),
      );
      const service = await room.openService();
      const known = await startedBy(asked, service);
      if (!known.ok) return { result: known };
      const signing = preset === undefined ? undefined : await signedBy(preset, asked, service);
      if (signing?.ok === false) return { result: signing };
      const { workflowId } = known.data;
      const { workspace } = caller;
      const { signed, signature = signed ? 'standard' : null, ...made } = { ...asked, ...signing?.data };
      const wanted = { ...made, workspace, workflowId, days: days === 0 ? null : days, signature };
      const { record, token, secret } = await makeHook(await openHooks(), wanted);
      const shown = { ...shownHook(record), token, url: `/hooks/${token}` };
      return { result: success(secret === null ? shown : { ...shown, secret }), status: 201 };
    },
  };
}

/** As the service of a preset signs. Throws INVALID_INPUT where the form is said besides. */
function signedBy(
  preset: string,
  { signed, signature, secret }: Pick<z.output<typeof hookInput>, 'signed' | 'signature' | 'secret'>,
  service: WorkflowService,
): ReturnType<WorkflowService['webhookOf']> {
  if (!signed && signature === undefined && secret === undefined) return service.webhookOf(preset);
  throw new WwiseFlowError('INVALID_INPUT', 'How deliveries are signed is said twice.', {
    hint: 'Give preset, or signed, signature and secret.',
    details: { field: 'preset', preset },
  });
}

/** What a webhook is for, which has to be there: a workflow, or a run. */
async function startedBy(
  {
    workflowId,
    executionId,
  }: { readonly workflowId?: string | undefined; readonly executionId?: string | undefined },
  service: WorkflowService,
): Promise<Result<{ readonly workflowId: string }>> {
  if ((workflowId === undefined) === (executionId === undefined)) {
    throw new WwiseFlowError('INVALID_INPUT', 'A webhook starts one workflow or answers one run.', {
      hint: 'Give workflowId or executionId.',
    });
  }
  if (executionId !== undefined) return service.status(executionId);
  const known = await service.library.get({ workflowId: workflowId ?? '' });
  return known.ok ? named(workflowId ?? '') : known;
}

function named(workflowId: string): Result<{ readonly workflowId: string }> {
  return { ...success({}), data: { workflowId } };
}

const listed = skipQuery('hooks', [...hookOrders], {
  workflowId: z.string().max(128).optional().describe('Only webhooks that start this workflow.'),
  text: z.string().max(100).optional().describe('Text in the name or workflowId.'),
  signed: z.boolean().optional().describe('Only those whose deliveries are signed, or are not.'),
});

function listHooks(openHooks: OpenHooks): RestRoute {
  return {
    ...{ method: 'get', path: '/hooks', name: 'listHooks', summary: 'List webhooks', scope: 'read' },
    ...{ query: listed.fields, body: null, data: listOf('hooks'), statuses: [200] },
    async run({ query, caller }) {
      const { workflowId, text = '', signed, ...page } = listed.parse(query);
      const hooks = (await (await openHooks()).list(caller.workspace))
        .filter((hook) => workflowId === undefined || hook.workflowId === workflowId)
        .filter((hook) => signed === undefined || hook.isSigned === signed)
        .filter((hook) => `${hook.name ?? ''} ${hook.workflowId}`.toLowerCase().includes(text.toLowerCase()));
      const { rows, total } = pageOf(hooks, page);
      const result = success({ hooks: rows.map(shownHook) });
      return { result, headers: { 'x-total-count': String(total) } };
    },
  };
}

function removeHook(openHooks: OpenHooks): RestRoute {
  return {
    ...{ method: 'delete', path: '/hooks/{hook}', name: 'removeHook', scope: 'admin', query: {} },
    summary: 'Remove a webhook by its id: it starts nothing any more',
    ...{ body: null, data: anyObject, statuses: [200] },
    async run({ params, caller }) {
      const id = params.hook ?? '';
      if (!(await (await openHooks()).remove(id, caller.workspace))) throw noHook('id', id);
      return { result: success({ removed: id }) };
    },
  };
}

function deliverHook(deliver: DeliverHook): RestRoute {
  return {
    ...{ method: 'post', path: '/hooks/{hook}', name: 'deliverHook', scope: 'read', query: {} },
    summary: 'Start the workflow of a webhook, by its token; the body gives the inputs',
    ...{ body: {}, isRaw: true, isOpen: true, data: anyObject, statuses: [202] },
    async run({ params, headers, read }) {
      const result = await deliver({ token: params.hook ?? '', headers, read });
      if (result === undefined) throw noHook('token');
      if (!result.ok) return { result };
      // Slack looks for it at the top of the answer, before it delivers anything.
      const { challenge } = result.data;
      if (typeof challenge === 'string') return Response.json({ challenge });
      return { result, status: 202, headers: { location: `/executions/${result.data.executionId}` } };
    },
  };
}

function shownHook({ workspace: _, executionId, node, signature, ...hook }: HookRecord) {
  const answers = executionId === null ? {} : { executionId, ...(node === null ? {} : { node }) };
  return { ...hook, ...answers, ...(signature === null ? {} : { signature }) };
}

/** A token is not repeated: it may be one with a typing error. */
function noHook(what: 'id' | 'token', id?: string): WwiseFlowError {
  const named = id === undefined ? '' : ` "${id.slice(0, 100)}"`;
  return new WwiseFlowError('NOT_FOUND', `There is no webhook of this ${what}${named}.`, {
    hint: 'It was removed, has expired, or never was. GET /hooks lists those there are.',
  });
}
