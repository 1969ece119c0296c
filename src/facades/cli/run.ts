import type { Bus } from '../../core/dispatch/bus.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, type JsonObject } from '../../core/json.ts';
import { failure, type Result, withNotices } from '../../core/result.ts';
import type { FollowedRun, Plan, WorkflowService } from '../../workflow/service.ts';
import { drawEstimatedCosts } from './draw/draw-costs.ts';
import { drawPlan } from './draw/draw-plan.ts';
import { drawPreview } from './draw/draw-preview.ts';
import { drawOwnRollback } from './draw/draw-rollback.ts';
import { drawRun } from './draw/draw-run.ts';
import { line, yellow } from './draw/paint.ts';
import { type Print, printAnswer, printJson } from './print.ts';
import { readFlow } from './read-flow.ts';
import type { BuildReport, Reporting } from './reports/report.ts';
import { planReport, previewReport, refusalReport, runReport } from './reports/run-report.ts';
import { writeReports } from './reports/write-reports.ts';
import { printTrouble, refusedError } from './trouble.ts';

export interface FlowToRun extends Partial<Reporting> {
  readonly flowPath: string;
  /** `plan`: only compile; `preview`: try it on an image of the project; `demo`: so with the mocks of its nodes. */
  readonly mode: 'run' | 'plan' | 'preview' | 'demo';
  readonly input: JsonObject;
  readonly forceRerun: boolean;
  readonly json: boolean;
  /** With the JSON: everything, also what serves the keeping of records. */
  readonly verbose: boolean;
}

export interface RunParts {
  readonly openBus: () => Promise<Pick<Bus, 'takeNotices' | 'find'>>;
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
    report(flow, (subject, version) => refusalReport(compiled, subject, version));
    await printOutcome(compiled, flow, parts, print);
    return 2;
  }
  if (flow.mode === 'plan') {
    const view = { plan: compiled.data, verbose: flow.verbose };
    if (flow.json && !flow.verbose)
      await printAnswer(await service.showPlan(view), { ...flow, ...parts }, print);
    else if (flow.json) printJson(compiled, print);
    else {
      drawPlan(compiled.data, print);
      drawEstimatedCosts(service.estimateCosts(compiled.data), print);
    }
    report(flow, (subject, version) => planReport(compiled.data, subject, version));
    return 0;
  }
  return flow.mode === 'preview' || flow.mode === 'demo'
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
  flow: FlowToRun,
  parts: RunParts,
  print: Print,
): Promise<number> {
  const { input, forceRerun, json } = flow;
  if (!json) {
    drawPlan(plan, print);
    drawEstimatedCosts(service.estimateCosts(plan), print);
  }
  const draw = drawRun(Math.max(...plan.nodes.map((node) => node.id.length)), print);
  const begun = await service.run({
    ...{ plan, input, forceRerun, signal: parts.signal, caller: 'cli' },
    ...(json ? {} : { onEvent: draw }),
  });
  const exitCode = await printRun(begun, service, parts, flow, print);
  const status = begun.ok && flow.reports !== undefined ? await service.status(begun.data.executionId) : null;
  if (status?.ok === true) report(flow, (subject, version) => runReport(status.data, subject, version));
  return exitCode;
}

function report(
  { flowPath, reports, startDir = '.', version = '' }: FlowToRun,
  made: (subject: string, version: string) => BuildReport,
): void {
  if (reports !== undefined) writeReports(made(flowPath, version), { reports, startDir, version });
}

/**
 * Waits for a run and prints its answer, with what ends unsaved with this program and what lies in the Originals all the
 * same. Gives the exit code; throws what kept the run from beginning.
 */
export async function printRun(
  begun: Result<FollowedRun>,
  service: WorkflowService,
  parts: RunParts,
  how: PrintedHow,
  print: Print,
): Promise<number> {
  if (!begun.ok) throw refusedError(begun);
  const done = await begun.data.done;
  const result = withNotices(done, (await parts.openBus()).takeNotices());
  const unsaved = await service.unsavedAfter(result);
  if (!unsaved.ok) throw refusedError(unsaved);
  if (unsaved.data === null) return printOutcome(result, how, parts, print);
  const { executionId, files, originals } = unsaved.data;
  const clear = executionId === null || originals.length === 0 ? null : `wwiseflow rollback ${executionId}`;
  if (how.json) {
    const more = { unsaved: { files: [...files], originals: [...originals], clear } };
    await printAnswer(result, { ...how, ...parts, more }, print);
    return exitCodeOf(result);
  }
  const exitCode = await printOutcome(result, how, parts, print);
  print('! Not saved, and gone with this program (a projectSave node saves):');
  for (const file of files) print(line`    ${file}`);
  if (originals.length === 0) return exitCode;
  print('! In the Originals all the same, from this run:');
  for (const file of originals) print(line`    ${file}`);
  if (clear !== null) print(line`  To remove what nothing plays: ${clear}`);
  return exitCode;
}

/** How a result is printed. */
export type PrintedHow = Pick<FlowToRun, 'json' | 'verbose'>;

/** Prints the answer of a run; gives the exit code. */
export async function printOutcome<D>(
  result: Result<D>,
  { json, verbose }: PrintedHow,
  { openBus }: Pick<RunParts, 'openBus'>,
  print: Print,
): Promise<number> {
  if (json) await printAnswer(result, { verbose, openBus }, print);
  else {
    if (!result.ok) {
      printTrouble(result, print);
      drawOwnRollback(result.details, print);
      for (const left of asJsonArray(result.details?.leftInOriginals))
        print(line`${yellow('!')} ${String(left)}`);
    }
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
  flow: FlowToRun,
  { signal, openBus }: RunParts,
  print: Print,
): Promise<number> {
  const { input, forceRerun, mode, json, verbose } = flow;
  const preview = await service.preview({
    ...{ plan, input, forceRerun, demo: mode === 'demo', signal, caller: 'cli' },
  });
  if (!preview.ok) throw refusedError(preview);
  if (json) {
    // A script has no patience to run out of: everything, uncut.
    const shown = await service.show({ executionId: preview.data.previewId, whole: true, verbose });
    await printAnswer(shown, { verbose, openBus }, print);
  } else {
    drawPlan(plan, print);
    drawPreview(preview.data, print);
  }
  report(flow, (subject, version) => previewReport(preview.data, subject, version));
  return preview.data.result.ok ? 0 : 1;
}
