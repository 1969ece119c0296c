import { z } from 'zod';
import { asJsonArray, asJsonObject } from '../../../../core/json.ts';
import { success } from '../../../../core/result.ts';
import { leanRoute } from '../lean-route.ts';
import { anyObject, listOf } from '../query/json-fields.ts';
import { skipQuery } from '../query/list-query.ts';
import { pageOf } from '../query/page-of.ts';
import type { RestRoute } from '../rest-route.ts';

/** The jobs of workers that failed for good, and what becomes of them. */
export function deadLetterRoutes(): readonly RestRoute[] {
  return [listDeadLetters, retryDeadLetter, discardDeadLetter].map(leanRoute);
}

const listed = skipQuery('dead letters', ['endedAtMs', 'submittedAtMs', 'code', 'queue'], {
  code: z.string().max(100).optional().describe('Only those that failed with this error code.'),
});

const listDeadLetters: RestRoute = {
  ...{ method: 'get', path: '/dead-letters', name: 'listDeadLetters', scope: 'read' },
  summary: 'List the jobs that failed for good, the newest first, with their reasons',
  ...{ query: listed.fields, body: null, data: listOf('deadLetters'), statuses: [200] },
  async run({ query, room }) {
    const { code, ...page } = listed.parse(query);
    const found = await (await room.openService()).deadLetters.list();
    if (!found.ok) return { result: found };
    const all = asJsonArray(found.data.deadLetters).map(asJsonObject);
    const { rows, total } = pageOf(
      all.filter((letter) => code === undefined || letter.code === code),
      page,
    );
    return {
      result: success({ deadLetters: [...rows] }),
      headers: { 'x-total-count': String(total) },
    };
  },
};

const retryDeadLetter: RestRoute = {
  ...{ method: 'post', path: '/dead-letters/{executionId}/retry', name: 'retryDeadLetter', scope: 'run' },
  summary: 'Have a worker do a dead job again, from where its journal stands',
  ...{ query: {}, body: null, data: anyObject, statuses: [200] },
  run: async ({ params, room }) => ({
    result: await (await room.openService()).deadLetters.retry(params.executionId ?? '', 'rest'),
  }),
};

const discardDeadLetter: RestRoute = {
  ...{ method: 'delete', path: '/dead-letters/{executionId}', name: 'discardDeadLetter', scope: 'run' },
  summary: 'Take a dead job off the list; its run stays as it is',
  ...{ query: {}, body: null, data: anyObject, statuses: [200] },
  run: async ({ params, room }) => ({
    result: await (await room.openService()).deadLetters.discard(params.executionId ?? ''),
  }),
};
