import { failure, type Result, success, withNotices } from '../../bus/result.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { compileWorkflow } from '../../workflow/compiler/compile.ts';
import type { Plan } from '../../workflow/compiler/plan.ts';
import { warnUnreadable } from '../../workflow/compiler/warn-unreadable.ts';
import type { WorkflowDesk } from '../../workflow/desk.ts';
import { showPreview } from '../../workflow/preview/show-preview.ts';
import { leftUnsaved } from '../../workflow/runtime/left-unsaved.ts';
import { drawPlan } from './draw-plan.ts';
import { drawPreview } from './draw-preview.ts';
import { drawRun } from './draw-run.ts';
import { line } from './paint.ts';
import { type Print, printJson } from './print.ts';
import { readFlow } from './read-flow.ts';
import { printTrouble } from './trouble.ts';

export interface FlowToRun {
  readonly flowPath: string;
  /** `plan`: only compile; `preview`: try it on an image of the project. */
  readonly mode: 'run' | 'plan' | 'preview';
  readonly input: JsonObject;
  readonly forceRerun: boolean;
  readonly json: boolean;
}

export interface RunParts {
  readonly openDesk: () => Promise<WorkflowDesk>;
  readonly signal: AbortSignal;
}

/**
 * Compiles a workflow file and runs it, shows its plan, or shows what it would do. Exit code 0: done, 1: failed or would
 * fail, 2: invalid.
 */
export async function runFlow(flow: FlowToRun, parts: RunParts, print: Print): Promise<number> {
  const desk = await parts.openDesk();
  let plan: Plan;
  try {
    plan = compileWorkflow(readFlow(flow.flowPath), desk.bus);
  } catch (thrown) {
    printFailure(failure(toWwiseFlowError(thrown)), flow.json, print);
    return 2;
  }
  if (flow.mode === 'plan') {
    plan = await warnUnreadable(plan, desk.bus);
    if (flow.json) printJson(success({ ...plan }), print);
    else drawPlan(plan, print);
    return 0;
  }
  return flow.mode === 'preview'
    ? previewPlan(plan, desk, flow, parts, print)
    : runPlan(plan, desk, flow, parts, print);
}

async function runPlan(
  plan: Plan,
  desk: WorkflowDesk,
  { input, forceRerun, json }: FlowToRun,
  { signal }: RunParts,
  print: Print,
): Promise<number> {
  if (!json) drawPlan(plan, print);
  const draw = drawRun(Math.max(...plan.nodes.map((node) => node.id.length)), print);
  const { done } = desk.runs.start(plan, {
    ...{ input, forceRerun, signal, caller: 'cli' },
    ...(json ? {} : { onEvent: draw }),
  });
  return printRun(withNotices(await done, desk.bus.takeNotices()), desk, json, print);
}

/** The same for a run, with what ends unsaved with this program and what lies in the Originals all the same. */
export async function printRun(
  result: Result,
  desk: WorkflowDesk,
  json: boolean,
  print: Print,
): Promise<number> {
  const left = await leftUnsaved(result, desk);
  if (left === null) return printOutcome(result, json, print);
  const { executionId, files, originals } = left;
  const clear = executionId === null || originals.length === 0 ? null : `wwiseflow rollback ${executionId}`;
  if (json) {
    printJson({ ...result, unsaved: { files, originals, clear } }, print);
    return result.ok ? 0 : 1;
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
export function printOutcome(result: Result, json: boolean, print: Print): number {
  if (json) printJson(result, print);
  else {
    if (!result.ok) printTrouble(result, print);
    for (const notice of result.notices ?? []) print(`! ${notice}`);
  }
  return result.ok ? 0 : 1;
}

async function previewPlan(
  plan: Plan,
  desk: WorkflowDesk,
  { input, forceRerun, json }: FlowToRun,
  { signal }: RunParts,
  print: Print,
): Promise<number> {
  const preview = await desk.previews.make(plan, { input, forceRerun, signal });
  if (json) {
    const { objects, originals } = preview;
    const diff = preview.files.map(({ filePath, hunks }) => ({ file: filePath, text: hunks.join('\n') }));
    // A script has no patience to run out of: everything, uncut.
    printJson(
      success({ ...showPreview(preview), objects, diff, originals, notices: [], cursors: {} }),
      print,
    );
  } else {
    drawPlan(plan, print);
    drawPreview(preview, print);
  }
  return preview.result.ok ? 0 : 1;
}

function printFailure(failed: ReturnType<typeof failure>, json: boolean, print: Print): void {
  if (json) printJson(failed, print);
  else printTrouble(failed, print);
}
