import { success, withNotices } from '../../bus/result.ts';
import { compileWorkflow } from '../../workflow/compiler/compile.ts';
import type { WorkflowDesk } from '../../workflow/desk.ts';
import { forgetOlderThan } from '../../workflow/runtime/retention.ts';
import type { RunState, RunSummary } from '../../workflow/runtime/runs.ts';
import { drawRun, time } from './draw-run.ts';
import { cyan, dim, green, line, type PaintedLine, red, yellow } from './paint.ts';
import { type Print, printJson } from './print.ts';
import { readFlow } from './read-flow.ts';
import { printRun, type RunParts } from './run.ts';

export interface RunsToList {
  readonly limit: number;
  readonly state: RunState | undefined;
  readonly json: boolean;
}

/** Prints the runs of this state directory, the newest first. */
export async function listRuns(
  { limit, state, json }: RunsToList,
  desk: WorkflowDesk,
  print: Print,
): Promise<number> {
  const page = await desk.runs.list({ limit, state });
  if (json) printJson(success({ ...page }), print);
  else if (page.runs.length === 0) print('No runs yet.');
  else for (const run of page.runs) drawSummary(run, print);
  return 0;
}

export interface RunToResume {
  readonly executionId: string;
  /** The workflow as it is now, when it was corrected. */
  readonly flowPath: string | undefined;
  readonly from: string | undefined;
  readonly json: boolean;
}

/** Goes on with a run. Exit code 0: done, 1: failed. Throws what the run registry refuses. */
export async function resumeRun(run: RunToResume, parts: RunParts, print: Print): Promise<number> {
  const desk = await parts.openDesk();
  const { nodes } = await desk.runs.status(run.executionId);
  const draw = drawRun(Math.max(0, ...nodes.map(({ node }) => node.length)), print);
  const { done } = await desk.runs.resume(run.executionId, {
    ...{ from: run.from, signal: parts.signal, caller: 'cli' },
    ...(run.flowPath === undefined
      ? {}
      : { plan: compileWorkflow(readFlow(run.flowPath), desk.bus), acceptChanges: true }),
    ...(run.json ? {} : { onEvent: draw }),
  });
  return printRun(withNotices(await done, desk.bus.takeNotices()), desk, run.json, print);
}

export interface Garbage {
  /** What is older goes. */
  readonly days: number;
  /** Memo entries too: what they stand for is then no longer recognised. */
  readonly memo: boolean;
  readonly json: boolean;
}

/** Forgets old runs and audit records, and memo entries when asked to. */
export async function collectGarbage(
  { days, memo, json }: Garbage,
  desk: WorkflowDesk,
  print: Print,
): Promise<number> {
  const removed = await forgetOlderThan(days, { ...desk, memo: memo ? desk.memo : undefined });
  if (json) printJson(success(removed), print);
  else {
    print(
      line`Forgot ${removed.runs} runs, ${removed.auditRecords} audit records and ${removed.memoEntries} memo entries older than ${days} days.`,
    );
  }
  return 0;
}

function drawSummary(run: RunSummary, print: Print): void {
  const { executionId, workflowId, name, state, code, startedAtMs, durationMs } = run;
  const when = new Date(startedAtMs).toISOString().slice(0, 19).replace('T', ' ');
  print(
    line`${executionId}  ${colours[state](state.padEnd(11))}  ${when}  ${time(durationMs).padStart(8)}  ${name ?? workflowId}${code === null ? '' : line`  ${red(code)}`}`,
  );
}

const colours: Readonly<Record<RunState, (text: string) => PaintedLine>> = {
  running: cyan,
  done: green,
  failed: red,
  cancelled: yellow,
  interrupted: yellow,
  rolledBack: dim,
};
