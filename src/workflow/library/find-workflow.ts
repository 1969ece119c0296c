import { WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { WorkflowLibrary } from '../../core/stores/workflow-library.ts';
import { didYouMean, nearest } from '../../core/text/nearest.ts';
import type { KnownServices } from '../nodes/requests/known-services.ts';
import type { PlanCache } from './plan-cache.ts';

/** A workflow to start from: it comes with WwiseFlow, or is a template of the user's own. */
export interface ExampleWorkflow {
  readonly workflowId: string;
  readonly name: string | null;
  readonly description: string | null;
  /** True for a template of the user's own. */
  readonly isOwn: boolean;
  readonly document: JsonObject;
}

/** Where workflows are found by their id. */
export interface WorkflowSources {
  readonly library: WorkflowLibrary;
  readonly examples: readonly ExampleWorkflow[];
  /** What was compiled before; left out: everything is compiled. */
  readonly plans?: PlanCache | undefined;
  /** What workflows may ask of others; left out: nothing is known of it. */
  readonly services?: KnownServices | undefined;
}

/** A workflow found by its id. */
export interface FoundWorkflow {
  readonly workflowId: string;
  /** Null for an example that comes with WwiseFlow. */
  readonly version: number | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly document: JsonObject;
}

/**
 * A workflow of the library, or an example of that id that the library does not have.
 * Rejects with WORKFLOW_NOT_FOUND with the nearest ids, or the versions there are.
 */
export async function findWorkflow(
  { library, examples }: WorkflowSources,
  workflowId: string,
  version?: number,
): Promise<FoundWorkflow> {
  const kept = await library.get(workflowId, version);
  if (kept !== undefined) return kept;
  const example = examples.find((candidate) => candidate.workflowId === workflowId);
  if (example !== undefined && version === undefined) {
    const { isOwn: _, ...found } = example;
    return { ...found, version: null };
  }
  const versions = (await library.versions(workflowId)).map((entry) => entry.version);
  if (versions.length > 0) {
    throw new WwiseFlowError(
      'WORKFLOW_NOT_FOUND',
      `The workflow "${workflowId}" has no version ${version}.`,
      {
        hint: `Versions: ${versions.join(', ')}. Leave version out for the newest.`,
        details: { workflowId, version: version ?? null, versions },
      },
    );
  }
  const known = [
    ...(await library.list({ limit: 1_000, offset: 0 })).entries.map((entry) => entry.workflowId),
    ...examples.map((candidate) => candidate.workflowId),
  ];
  throw new WwiseFlowError(
    'WORKFLOW_NOT_FOUND',
    `The library has no workflow "${workflowId}".${didYouMean(workflowId, known)}`,
    {
      hint: 'workflow_list gives every workflowId.',
      details: { workflowId, candidates: nearest(workflowId, known) },
    },
  );
}
