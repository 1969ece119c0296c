import { z } from 'zod';
import { PROGRAM_LIST_BYTES } from '../../../../core/answers/budget.ts';
import { parseInput } from '../../../../core/dispatch/input/parse-input.ts';
import { asJsonObject, asString, type JsonObject } from '../../../../core/json.ts';
import { success } from '../../../../core/result.ts';
import type { RunState } from '../../../../core/run-states.ts';
import { leanRoute } from '../lean-route.ts';
import { anyObject, listOf, objectOf } from '../query/json-fields.ts';
import { listQuery, momentField, momentOf } from '../query/list-query.ts';
import type { RestRoute } from '../rest-route.ts';

/** Work in the background: a workflow, or one command. A job is a run, and is known to /executions by the same id. */
export function jobRoutes(): readonly RestRoute[] {
  return [createJob(), ...[listJobs(), getJob(), cancelJob()].map(leanRoute)];
}

const jobInput = z.strictObject({
  type: z.string().min(1).max(100).describe('`workflow`, or the name of a command.'),
  payload: z
    .record(z.string(), z.json())
    .default({})
    .describe('Of a workflow: {workflow} or {workflowId}, and {input}; of a command: its arguments.'),
});

function createJob(): RestRoute {
  const schema = asJsonObject(
    JSON.parse(JSON.stringify(z.toJSONSchema(jobInput, { io: 'input', unrepresentable: 'any' }))),
  );
  const { type } = asJsonObject(schema.properties);
  const payload = {
    ...anyObject,
    description: asString(asJsonObject(asJsonObject(schema.properties).payload).description),
  };
  return {
    ...{ method: 'post', path: '/jobs', name: 'createJob', summary: 'Begin a job', scope: 'run', query: {} },
    ...{ body: objectOf({ type, payload }, ['type']), data: anyObject, statuses: [201] },
    async run({ body, room }) {
      const asked = jobInput.parse(parseInput({ name: 'jobs', input: jobInput }, body));
      const service = await room.openService();
      const { workflow, workflowId, input } = choiceOf(asked.type, asked.payload);
      const begun = await service.run({ workflow, workflowId, input, caller: 'rest', waitMs: 0 });
      if (!begun.ok) return { result: begun };
      const jobId = begun.data.executionId;
      const job = { jobId, type: asked.type, status: 'pending', executionId: jobId };
      return { result: success(job), status: 201, headers: { location: `/jobs/${jobId}` } };
    },
  };
}

/** A command alone is a workflow of one node. */
function choiceOf(type: string, payload: JsonObject) {
  if (type === 'workflow') {
    const { workflow, workflowId, input } = payload;
    return { workflow, workflowId: asString(workflowId), input: asJsonObject(input) };
  }
  const node = { id: 'job', type, data: payload };
  return { workflow: { workflowId: `job-${type}`.slice(0, 128), nodes: [node], edges: [] }, input: {} };
}

const listed = listQuery('jobs', ['startedAtMs', 'endedAtMs', 'workflowId', 'name', 'state'], {
  type: z.string().max(100).optional().describe('Only jobs of this command.'),
  from: momentField.optional().describe('Begun from this moment on, ISO 8601.'),
  to: momentField.optional().describe('Begun before this moment.'),
  status: z
    .enum(['pending', 'processing', 'completed', 'failed'])
    .optional()
    .describe('Only jobs in this state; pending: nothing of it has begun.'),
});

type JobStatus = 'pending' | 'processing' | 'completed' | 'failed';

/** Which runs are jobs in a state: as `jobStatus` has it. */
const runsOf = {
  pending: { anyState: ['running'], hasBegun: false },
  processing: { anyState: ['running', 'suspended'], hasBegun: true },
  completed: { anyState: ['done'] },
  failed: { anyState: ['failed', 'cancelled', 'interrupted', 'rolledBack'] },
} as const satisfies Record<JobStatus, { anyState: readonly RunState[]; hasBegun?: boolean }>;

function listJobs(): RestRoute {
  return {
    ...{ method: 'get', path: '/jobs', name: 'listJobs', summary: 'List jobs', scope: 'read' },
    ...{ query: listed.fields, body: null, data: listOf('jobs'), statuses: [200] },
    async run({ query, room }) {
      const { take, status, type, from, to, ...page } = listed.parse(query);
      const service = await room.openService();
      const inStatus = status === undefined ? {} : runsOf[status];
      const workflowId = type === undefined ? undefined : `job-${type}`;
      const times = { fromMs: momentOf(from), toMs: momentOf(to) };
      const conditions = { caller: 'rest', ...inStatus, workflowId, ...times };
      const [runs, count] = await Promise.all([
        service.list({ ...conditions, ...page, limit: take, listBytes: PROGRAM_LIST_BYTES }),
        service.count(conditions),
      ]);
      if (!runs.ok) return { result: runs };
      const jobs = runs.data.runs.map(
        ({ executionId, workflowId, state, hasBegun, startedAtMs, endedAtMs, error }) => ({
          ...{ jobId: executionId, type: typeOf(workflowId), status: jobStatus(state, hasBegun) },
          ...{ createdAt: new Date(startedAtMs).toISOString(), completedAt: isoOf(endedAtMs), error },
        }),
      );
      const headers = count.ok ? { 'x-total-count': String(count.data.total) } : undefined;
      return { result: success({ jobs, cursor: runs.data.cursor }), headers };
    },
  };
}

function getJob(): RestRoute {
  return {
    ...{ method: 'get', path: '/jobs/{jobId}', name: 'getJob', summary: 'How far a job is', scope: 'read' },
    ...{ query: {}, body: null, data: anyObject, statuses: [200] },
    async run({ params, room }) {
      const service = await room.openService();
      const known = await service.status(params.jobId ?? '');
      if (!known.ok) return { result: known };
      const { executionId, workflowId, state, hasBegun, percent, startedAtMs, endedAtMs, error, result } =
        known.data;
      const job = {
        ...{ jobId: executionId, type: typeOf(workflowId), status: jobStatus(state, hasBegun), percent },
        ...{ createdAt: new Date(startedAtMs).toISOString(), completedAt: isoOf(endedAtMs) },
        ...{ result: asJsonObject(result), error, executionId },
      };
      return { result: success(job) };
    },
  };
}

function cancelJob(): RestRoute {
  return {
    ...{ method: 'delete', path: '/jobs/{jobId}', name: 'cancelJob', summary: 'Stop a job', scope: 'run' },
    ...{ query: {}, body: null, data: anyObject, statuses: [200] },
    run: async ({ params, room }) => ({
      result: await (await room.openService()).cancel(params.jobId ?? ''),
    }),
  };
}

function typeOf(workflowId: string): string {
  return workflowId.startsWith('job-') ? workflowId.slice('job-'.length) : 'workflow';
}

/** A run that waits goes on by itself; one that was cancelled, interrupted or rolled back did not do what it was to do. */
function jobStatus(state: RunState, hasBegun = true): JobStatus {
  if (state === 'done') return 'completed';
  if (state === 'suspended') return 'processing';
  if (state !== 'running') return 'failed';
  return hasBegun ? 'processing' : 'pending';
}

function isoOf(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
