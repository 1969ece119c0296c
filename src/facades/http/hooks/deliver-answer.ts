import { type Result, success } from '../../../core/result.ts';
import type { HookRecord } from '../../../core/stores/hook-store.ts';
import type { DeliveredBody, WorkflowService } from '../../../workflow/service.ts';

/** What a delivery comes with for a run that waits. */
export interface DeliveredAnswer {
  readonly service: WorkflowService;
  readonly body: DeliveredBody;
  /** Whether it was delivered before. */
  isKnown(): Promise<boolean>;
  /** Keeps that it was. */
  keep(): Promise<unknown>;
}

/**
 * Answers the node of a run that asks. The delivery is kept once the answer is: what was cut off in between is answered when it
 * comes again, and what was answered before says so.
 */
export async function deliverAnswer(
  { workflowId, node }: HookRecord,
  executionId: string,
  { service, body, isKnown, keep }: DeliveredAnswer,
): Promise<Result> {
  if (await isKnown()) return success({ executionId, workflowId, isRepeated: true });
  const given = { node: node ?? undefined, value: body.json ?? body.text };
  const answered = await service.answer(executionId, given, { caller: 'hook', waitMs: 0 });
  if (!answered.ok) return answered;
  await keep();
  return success({ executionId, workflowId, isRepeated: false });
}
