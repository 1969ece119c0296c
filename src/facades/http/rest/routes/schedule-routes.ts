import { z } from 'zod';
import { parseInput } from '../../../../core/dispatch/input/parse-input.ts';
import { WwiseFlowError } from '../../../../core/errors.ts';
import { asJsonArray, asJsonObject } from '../../../../core/json.ts';
import { success } from '../../../../core/result.ts';
import { nextDue } from '../../../../core/schedules/cron.ts';
import { makeSchedule } from '../../../../core/schedules/make-schedule.ts';
import { type ScheduleRecord, scheduleOrders } from '../../../../core/stores/schedule-store.ts';
import type { HttpParts } from '../../http-parts.ts';
import { anyObject, listOf, objectOf } from '../query/json-fields.ts';
import { skipQuery } from '../query/list-query.ts';
import { pageOf } from '../query/page-of.ts';
import type { RestRoute } from '../rest-route.ts';

/** Workflows that this server begins by itself, and what came of that. */
export function scheduleRoutes({ openSchedules }: Pick<HttpParts, 'openSchedules'>): readonly RestRoute[] {
  return [
    createSchedule(openSchedules),
    listSchedules(openSchedules),
    removeSchedule(openSchedules),
    scheduleHistory(openSchedules),
  ];
}

type OpenSchedules = HttpParts['openSchedules'];

const scheduleInput = z.strictObject({
  workflowId: z.string().min(1).max(128).describe('Of the library, or an example.'),
  cron: z
    .string()
    .min(9)
    .max(200)
    .describe('Minute, hour, day of the month, month, day of the week: "0 9 * * 1-5".'),
  timeZone: z.string().min(1).max(100).default('UTC').describe('In whose time these are: "Europe/Rome".'),
  input: z.record(z.string(), z.json()).default({}).describe("Values of the workflow's inputs."),
  name: z.string().min(1).max(100).optional().describe('What it is for.'),
});

const { properties, required } = asJsonObject(
  JSON.parse(JSON.stringify(z.toJSONSchema(scheduleInput, { io: 'input' }))),
);
const inputs = { ...anyObject, description: "Values of the workflow's inputs." };
const scheduleBody = objectOf(
  { ...asJsonObject(properties), input: inputs },
  asJsonArray(required).map(String),
);

function createSchedule(openSchedules: OpenSchedules): RestRoute {
  return {
    ...{ method: 'post', path: '/schedules', name: 'createSchedule', scope: 'admin', query: {} },
    summary: 'Have this server begin a workflow at certain times',
    body: scheduleBody,
    ...{ data: anyObject, statuses: [201] },
    async run({ body, room, caller }) {
      const wanted = scheduleInput.parse(parseInput({ name: 'schedules', input: scheduleInput }, body));
      const known = await (await room.openService()).library.get({ workflowId: wanted.workflowId });
      if (!known.ok) return { result: known };
      const input = asJsonObject(wanted.input);
      const schedule = await makeSchedule(await openSchedules(), {
        ...{ ...wanted, input },
        workspace: caller.workspace,
      });
      return { result: success(shown(schedule)), status: 201 };
    },
  };
}

const listed = skipQuery('schedules', [...scheduleOrders], {
  workflowId: z.string().max(128).optional().describe('Only schedules of this workflow.'),
});

function listSchedules(openSchedules: OpenSchedules): RestRoute {
  return {
    ...{ method: 'get', path: '/schedules', name: 'listSchedules', summary: 'List schedules', scope: 'read' },
    ...{ query: listed.fields, body: null, data: listOf('schedules'), statuses: [200] },
    async run({ query, caller }) {
      const { workflowId, ...page } = listed.parse(query);
      const all = (await (await openSchedules()).list(caller.workspace)).filter(
        (schedule) => workflowId === undefined || schedule.workflowId === workflowId,
      );
      const { rows, total } = pageOf(all, page);
      const result = success({ schedules: rows.map(shown) });
      return { result, headers: { 'x-total-count': String(total) } };
    },
  };
}

function removeSchedule(openSchedules: OpenSchedules): RestRoute {
  return {
    ...{ method: 'delete', path: '/schedules/{schedule}', name: 'removeSchedule', scope: 'admin', query: {} },
    summary: 'Remove a schedule with its history: it begins nothing any more',
    ...{ body: null, data: anyObject, statuses: [200] },
    async run({ params, caller }) {
      const id = params.schedule ?? '';
      if (!(await (await openSchedules()).remove(id, caller.workspace))) throw noSchedule(id);
      return { result: success({ removed: id }) };
    },
  };
}

function scheduleHistory(openSchedules: OpenSchedules): RestRoute {
  return {
    ...{ method: 'get', path: '/schedules/{schedule}/history', name: 'scheduleHistory', scope: 'read' },
    summary: 'When a schedule was due, newest first, and which run it began or why none',
    ...{ query: {}, body: null, data: listOf('history'), statuses: [200] },
    async run({ params, caller }) {
      const [schedules, id] = [await openSchedules(), params.schedule ?? ''];
      const isThere = (await schedules.list(caller.workspace)).some((schedule) => schedule.id === id);
      if (!isThere) throw noSchedule(id);
      const history = (await schedules.history(id, MOST_TICKS)).map(({ scheduleId: _id, ...tick }) => tick);
      return { result: success({ history }) };
    },
  };
}

const MOST_TICKS = 100;

function shown({ workspace: _workspace, ...schedule }: ScheduleRecord) {
  return { ...schedule, nextAtMs: nextDue(schedule, Date.now()) };
}

function noSchedule(id: string): WwiseFlowError {
  return new WwiseFlowError('NOT_FOUND', `There is no schedule "${id.slice(0, 100)}".`, {
    hint: 'GET /schedules lists those there are.',
  });
}
