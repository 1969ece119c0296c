import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../core/json.ts';
import type { Result } from '../../core/result.ts';
import type { PreviewedChange } from '../preview/image.ts';
import type { TrialMode, WorkflowRunRequest, WorkflowService } from '../service.ts';

export type Tried = Pick<WorkflowService, 'preview' | 'run'>;

/** What a workflow did when it was tried. */
export interface Trial {
  readonly result: Result;
  readonly rows: readonly JsonObject[];
  /** Of a preview; empty for a real run, whose changes stand in its rows. */
  readonly objects: readonly PreviewedChange[];
  /** Nodes that were not executed because they ask somebody outside. */
  readonly notPreviewed: readonly string[];
  readonly took: {
    readonly durationMs: number;
    readonly peakMemoryBytes: number;
    readonly waapiCalls: number;
  };
  readonly costs: readonly Json[];
  readonly estimatedCosts: JsonObject | null;
  /** How it is found again: `previewId` or `executionId`. */
  readonly handle: JsonObject;
  readonly warnings: readonly string[];
}

/** Tries a workflow, and waits for its end. A failure means that nothing began. */
export async function tryOut(
  service: Tried,
  mode: TrialMode,
  request: WorkflowRunRequest,
): Promise<Result<Trial>> {
  if (mode === 'run') {
    const begun = await service.run(request);
    if (!begun.ok) return begun;
    const result = await begun.data.done;
    return asSuccess(trialOf(result, { executionId: begun.data.executionId }));
  }
  const made = await service.preview({ ...request, demo: mode === 'demo' });
  if (!made.ok) return made;
  const { previewId, result, objects, warnings, estimatedCosts } = made.data;
  const trial = trialOf(result, { previewId });
  return asSuccess({ ...trial, objects, warnings, estimatedCosts: estimatedCosts ?? null });
}

function asSuccess(data: Trial): Result<Trial> {
  return { ok: true, data, error: null, code: null, memo: 'off', idemKey: null };
}

function trialOf(result: Result, handle: JsonObject): Trial {
  const answer = asJsonObject(result.ok ? result.data : result.details);
  const count = (name: string): number => {
    const value = answer[name];
    return typeof value === 'number' ? value : 0;
  };
  return {
    result,
    rows: asJsonArray(answer.results).map(asJsonObject),
    objects: [],
    notPreviewed: asJsonArray(answer.notPreviewed).flatMap((id) => asString(id) ?? []),
    took: {
      durationMs: count('durationMs'),
      peakMemoryBytes: count('peakMemoryBytes'),
      waapiCalls: count('waapiCalls'),
    },
    costs: asJsonArray(answer.costs),
    estimatedCosts: null,
    handle,
    warnings: [],
  };
}
