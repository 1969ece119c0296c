import { z } from 'zod';
import { makeCallback } from '../../../../core/callbacks/make-callback.ts';
import { parseInput } from '../../../../core/dispatch/input/parse-input.ts';
import { WwiseFlowError } from '../../../../core/errors.ts';
import { asJsonArray, asJsonObject } from '../../../../core/json.ts';
import { success } from '../../../../core/result.ts';
import {
  type CallbackDelivery,
  type CallbackRecord,
  callbackEvents,
  callbackOrders,
} from '../../../../core/stores/callback-store.ts';
import type { HttpParts } from '../../http-parts.ts';
import { anyObject, listOf, objectOf } from '../query/json-fields.ts';
import { skipQuery } from '../query/list-query.ts';
import { pageOf } from '../query/page-of.ts';
import type { RestRoute } from '../rest-route.ts';

/** Addresses that this server notifies when a run ends or waits. */
export function callbackRoutes({ openCallbacks }: Pick<HttpParts, 'openCallbacks'>): readonly RestRoute[] {
  return [
    createCallback(openCallbacks),
    listCallbacks(openCallbacks),
    removeCallback(openCallbacks),
    callbackDeliveries(openCallbacks),
  ];
}

type OpenCallbacks = HttpParts['openCallbacks'];

const callbackInput = z.strictObject({
  url: z
    .string()
    .min(8)
    .max(2_000)
    .describe('The address to notify, by HTTP or HTTPS, without user and password.'),
  secretName: z
    .string()
    .min(1)
    .max(128)
    .describe('The name of the secret of this server that signs what is sent.'),
  events: z
    .array(z.enum(callbackEvents))
    .min(1)
    .default([...callbackEvents]),
  name: z.string().min(1).max(100).optional().describe('Who it is.'),
});

const { properties, required } = asJsonObject(
  JSON.parse(JSON.stringify(z.toJSONSchema(callbackInput, { io: 'input' }))),
);
const callbackBody = objectOf(asJsonObject(properties), asJsonArray(required).map(String));

function createCallback(openCallbacks: OpenCallbacks): RestRoute {
  return {
    ...{ method: 'post', path: '/callbacks', name: 'createCallback', scope: 'admin', query: {} },
    summary: 'Have this server notify an address when a run ends or waits',
    body: callbackBody,
    ...{ data: anyObject, statuses: [201] },
    async run({ body, caller }) {
      const wanted = callbackInput.parse(parseInput({ name: 'callbacks', input: callbackInput }, body));
      const made = await makeCallback(await openCallbacks(), { ...wanted, workspace: caller.workspace });
      return { result: success(shown(made)), status: 201 };
    },
  };
}

const listed = skipQuery('callbacks', [...callbackOrders], {});

function listCallbacks(openCallbacks: OpenCallbacks): RestRoute {
  return {
    ...{ method: 'get', path: '/callbacks', name: 'listCallbacks', summary: 'List callbacks', scope: 'read' },
    ...{ query: listed.fields, body: null, data: listOf('callbacks'), statuses: [200] },
    async run({ query, caller }) {
      const all = await (await openCallbacks()).list(caller.workspace);
      const { rows, total } = pageOf(all, listed.parse(query));
      const result = success({ callbacks: rows.map(shown) });
      return { result, headers: { 'x-total-count': String(total) } };
    },
  };
}

function removeCallback(openCallbacks: OpenCallbacks): RestRoute {
  return {
    ...{ method: 'delete', path: '/callbacks/{callback}', name: 'removeCallback', scope: 'admin', query: {} },
    summary: 'Remove a callback: it is notified of nothing any more',
    ...{ body: null, data: anyObject, statuses: [200] },
    async run({ params, caller }) {
      const id = params.callback ?? '';
      if (!(await (await openCallbacks()).remove(id, caller.workspace))) throw noCallback(id);
      return { result: success({ removed: id }) };
    },
  };
}

function callbackDeliveries(openCallbacks: OpenCallbacks): RestRoute {
  return {
    ...{ method: 'get', path: '/callbacks/{callback}/deliveries', name: 'callbackDeliveries', scope: 'read' },
    summary: 'What was sent to a callback, newest first, and what came of it',
    ...{ query: {}, body: null, data: listOf('deliveries'), statuses: [200] },
    async run({ params, caller }) {
      const [callbacks, id] = [await openCallbacks(), params.callback ?? ''];
      const isThere = (await callbacks.list(caller.workspace)).some((callback) => callback.id === id);
      if (!isThere) throw noCallback(id);
      return { result: success({ deliveries: (await callbacks.deliveries(id, MOST_SHOWN)).map(sent) }) };
    },
  };
}

const MOST_SHOWN = 100;

function shown({ workspace: _workspace, ...callback }: CallbackRecord) {
  return callback;
}

function sent({ callbackId: _id, moment: _moment, ...delivery }: CallbackDelivery) {
  return delivery;
}

function noCallback(id: string): WwiseFlowError {
  return new WwiseFlowError('NOT_FOUND', `There is no callback "${id.slice(0, 100)}".`, {
    hint: 'GET /callbacks lists those there are.',
  });
}
