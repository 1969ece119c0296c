import type { Bus } from '../../bus/bus.ts';
import { failure, type Result, withNotices } from '../../bus/result.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { FollowedRun, Plan, WorkflowService } from '../../workflow/service.ts';
import { drawPlan } from './draw-plan.ts';
import { drawPreview } from './draw-preview.ts';
import { drawRun } from './draw-run.ts';
import { line } from './paint.ts';
import { type Print, printJson } from './print.ts';
import { readFlow } from './read-flow.ts';
import { printTrouble, refusal } from './trouble.ts';

export interface FlowToRun {
  readonly flowPath: string;
  /** `plan`: only compile; `preview`: try it on an image of the project. */
  readonly mode: 'run' | 'plan' | 'preview';
  readonly input: JsonObject;
  readonly forceRerun: boolean;
  readonly json: boolean;
}

export interface RunParts {
  readonly openBus: () => Promise<Pick<Bus, 'takeNotices'>>;
  readonly openService: () => Promise<WorkflowService>;
  readonly signal: AbortSignal;
}

/**
 * Compiles a workflow file and runs it, shows its plan, or shows what it would do. Exit code 0: done, 1: failed or would
 * fail, 2: invalid, 3: suspended.
 */
export async function runFlow(flow: FlowToRun, parts: RunParts, print: Print): Promise<number> {
  const service = await parts.openService();
  const compiled = await compile(flow, service);
  if (!compiled.ok) {
    printOutcome(compiled, flow.json, print);
    return 2;
  }
  if (flow.mode === 'plan') {
    if (flow.json) printJson(compiled, print);
    else drawPlan(compiled.data, print);
    return 0;
  }
  return flow.mode === 'preview'
    ? previewPlan(compiled.data, service, flow, parts, print)
    : runPlan(compiled.data, service, flow, parts, print);
}

async function compile({ flowPath, mode }: FlowToRun, service: WorkflowService): Promise<Result<Plan>> {
  try {
    return await service.compile({ workflow: readFlow(flowPath), checkProject: mode === 'plan' });
  } catch (thrown) {
    return failure(toWwiseFlowError(thrown));
  }
}

async function runPlan(
  plan: Plan,
  service: WorkflowService,
  { input, forceRerun, json }: FlowToRun,
  parts: RunParts,
  print: Print,
): Promise<number> {
  if (!json) drawPlan(plan, print);
  const draw = drawRun(Math.max(...plan.nodes.map((node) => node.id.length)), print);
  const begun = await service.run({
    ...{ plan, input, forceRerun, signal: parts.signal, caller: 'cli' },
    ...(json ? {} : { onEvent: draw }),
  });
  return printRun(begun, service, parts, json, print);
}

/**
 * Waits for a run and prints its answer, with what ends unsaved with this program and what lies in the Originals all the
 * same. Gives the exit code; throws what kept the run from beginning.
 */
export async function printRun(
  begun: Result<FollowedRun>,
  service: WorkflowService,
  { openBus }: RunParts,
  json: boolean,
  print: Print,
): Promise<number> {
  if (!begun.ok) throw refusal(begun);
  const done = await begun.data.done;
  const result = withNotices(done, (await openBus()).takeNotices());
  const unsaved = await service.unsavedAfter(result);
  if (!unsaved.ok) throw refusal(unsaved);
  if (unsaved.data === null) return printOutcome(result, json, print);
  const { executionId, files, originals } = unsaved.data;
  const clear = executionId === null || originals.length === 0 ? null : `wwiseflow rollback ${executionId}`;
  if (json) {
    printJson({ ...result, unsaved: { files, originals, clear } }, print);
    return exitCodeOf(result);
  }
  const exitCode = printOutcome(result, json, print);
  print('! Not saved, and gone with this program (a projectSave node saves):');
  for (const file of files) print(line`    ${file}`);
  if (originals.length === 0) return exitCode;
  print('! In the Originals all the same, from this run:');
  for (const file of originals) print(line`    ${file}`);
  if (clear !== null) print(line`  To remove what nothing plays: ${clear}`);
  return exitCode;
}

/** Prints the answer of a run; gives the exit code. */
export function printOutcome<D>(result: Result<D>, json: boolean, print: Print): number {
  if (json) printJson(result, print);
  else {
    if (!result.ok) printTrouble(result, print);
    for (const notice of result.notices ?? []) print(`! ${notice}`);
  }
  return exitCodeOf(result);
}

/** 0: done, 1: failed, 3: it goes on when it is resumed. */
function exitCodeOf({ ok, data }: { readonly ok: boolean; readonly data: unknown }): number {
  if (!ok) return 1;
  const isSuspended = typeof data === 'object' && data !== null && Reflect.get(data, 'state') === 'suspended';
  return isSuspended ? 3 : 0;
}

async function previewPlan(
  plan: Plan,
  service: WorkflowService,
  { input, forceRerun, json }: FlowToRun,
  { signal }: RunParts,
  print: Print,
): Promise<number> {
  const preview = await service.preview({ plan, input, forceRerun, signal, caller: 'cli' });
  if (!preview.ok) throw refusal(preview);
  if (json) {
    // A script has no patience to run out of: everything, uncut.
    printJson(await service.show({ executionId: preview.data.previewId, whole: true }), print);
  } else {
    drawPlan(plan, print);
    drawPreview(preview.data, print);
  }
  return preview.data.result.ok ? 0 : 1;
}
