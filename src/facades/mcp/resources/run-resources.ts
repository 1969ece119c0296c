import { asJsonObject, type JsonObject } from '../../../core/json.ts';
import { type Result, success } from '../../../core/result.ts';
import type { WorkflowService } from '../../../workflow/service.ts';
import type { FixedResource, ResourceFamily } from './resource.ts';
import type { ResourceParts } from './resource-parts.ts';

const json = 'application/json';
const ofRuns = { changesWith: 'runs' } as const;

/** What was done and is under way, and what waits for a person. */
export function runResources({ openService }: ResourceParts): readonly FixedResource[] {
  return [
    {
      ...{ name: 'runs', uri: 'wwiseflow://runs', title: 'Runs' },
      description: 'The newest runs of workflows, with their states.',
      ...{ mimeType: json, ...ofRuns },
      read: async () => (await openService()).list({ limit: 50 }),
    },
    {
      ...{ name: 'questions', uri: 'wwiseflow://questions', title: 'Waiting questions' },
      description: 'The runs that wait for an answer, and what they ask.',
      ...{ mimeType: json, ...ofRuns },
      read: async () => (await openService()).list({ state: 'waiting', limit: 50 }),
    },
    {
      ...{ name: 'audit', uri: 'wwiseflow://audit', title: 'Audit' },
      description: 'The commands that were executed last: when, by whom, with what outcome.',
      ...{ mimeType: json, changesWith: 'both' },
      read: async () => (await openService()).audit.query({ limit: 50 }),
    },
    {
      ...{ name: 'metrics', uri: 'wwiseflow://metrics', title: 'Metrics' },
      description: 'How this server is: connection, queue, calls, memo hits, last errors.',
      ...{ mimeType: json, changesWith: 'nothing' },
      read: async () => (await openService()).health(),
    },
  ];
}

/** A run from three sides. */
export function runFamilies({ openService }: ResourceParts): readonly ResourceFamily[] {
  return [
    {
      ...{
        name: 'journal',
        uriTemplate: 'wwiseflow://runs/{executionId}/journal',
        title: 'Journal of a run',
      },
      description: 'What happened in a run, event by event, so far.',
      ...{ mimeType: json, values: 'runs', ...ofRuns },
      read: async (executionId) => journalOf(executionId, await openService()),
    },
    {
      ...{ name: 'run-audit', uriTemplate: 'wwiseflow://runs/{executionId}/audit', title: 'Audit of a run' },
      description: 'The commands that a run executed, the last first.',
      ...{ mimeType: json, values: 'runs', ...ofRuns },
      read: async (executionId) => {
        const service = await openService();
        const known = await service.status(executionId);
        return known.ok ? service.audit.query({ executionId, limit: 100 }) : known;
      },
    },
    {
      ...{ name: 'run', uriTemplate: 'wwiseflow://runs/{executionId}', title: 'Run' },
      description: 'How far a run is, node by node, what it asks, and how it ended.',
      ...{ mimeType: json, values: 'runs', ...ofRuns },
      read: async (executionId) => (await openService()).show({ executionId }),
    },
  ];
}

async function journalOf(executionId: string, service: WorkflowService): Promise<Result> {
  const events: JsonObject[] = [];
  const heard = await service.events(executionId, (event) => {
    events.push(asJsonObject(JSON.parse(JSON.stringify(event))));
  });
  if (!heard.ok) return heard;
  // What there was is sent at once.
  heard.data.unsubscribe();
  return success({ executionId, events });
}
