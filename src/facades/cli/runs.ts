import type { RunState, RunsWanted } from '../../core/run-states.ts';
import type { RunSummary, WorkflowService } from '../../workflow/service.ts';
import { drawQuestion, drawRun, time } from './draw/draw-run.ts';
import { cyan, dim, green, line, type PaintedLine, red, yellow } from './draw/paint.ts';
import { type Print, printAnswer, printJson } from './print.ts';
import { readFlow } from './read-flow.ts';
import { printRun, type RunParts } from './run.ts';
import { refusedError } from './trouble.ts';

export interface RunsToList {
  readonly limit: number;
  readonly state: RunsWanted | undefined;
  readonly json: boolean;
  readonly verbose: boolean;
}

/** Prints the runs of this state directory, the newest first. */
export async function listRuns(
  { limit, state, json, verbose }: RunsToList,
  service: WorkflowService,
  { openBus }: Pick<RunParts, 'openBus'>,
  print: Print,
): Promise<number> {
  const runs: RunSummary[] = [];
  let cursor: string | null | undefined;
  // A page holds no more than an agent reads at once; a terminal takes as many as were wanted.
  while (runs.length < limit && cursor !== null) {
    const page = await service.list({ limit: limit - runs.length, state, cursor });
    if (!page.ok) throw refusedError(page);
    runs.push(...page.data.runs);
    cursor = page.data.cursor;
  }
  const data = { runs, cursor: cursor ?? null };
  if (json) await printAnswer({ ok: true, data, error: null, code: null }, { verbose, openBus }, print);
  else if (runs.length === 0) print(state === undefined ? 'No runs yet.' : `No run is ${state}.`);
  else for (const run of runs) drawSummary(run, print);
  return 0;
}

export interface RunToResume {
  readonly executionId: string;
  /** The workflow as it is now, when it was corrected. */
  readonly flowPath: string | undefined;
  readonly from: string | undefined;
  readonly json: boolean;
  readonly verbose: boolean;
}

/** Goes on with a run. Exit code 0: done, 1: failed, 3: suspended again. Throws what the service refuses. */
export async function resumeRun(run: RunToResume, parts: RunParts, print: Print): Promise<number> {
  const service = await parts.openService();
  const status = await service.status(run.executionId);
  if (!status.ok) throw refusedError(status);
  const draw = drawRun(Math.max(0, ...status.data.nodes.map(({ node }) => node.length)), print);
  const begun = await service.resume(run.executionId, {
    ...{ from: run.from, signal: parts.signal, caller: 'cli' },
    ...(run.flowPath === undefined ? {} : { workflow: readFlow(run.flowPath), acceptChanges: true }),
    ...(run.json ? {} : { onEvent: draw }),
  });
  return printRun(begun, service, parts, run, print);
}

export interface Garbage {
  /** What is older goes. */
  readonly days: number;
  /** Memo entries too: what they stand for is then no longer recognised. */
  readonly memo: boolean;
  /** What artifacts may take at most, in bytes; null: as much as they do. */
  readonly mostBytes: number | null;
  readonly json: boolean;
}

/** Forgets old runs and audit records, and memo entries when asked to. */
export async function collectGarbage(
  { days, memo, mostBytes, json }: Garbage,
  service: WorkflowService,
  print: Print,
): Promise<number> {
  const removed = await service.gc(days, { memo, mostBytes: mostBytes ?? undefined });
  if (!removed.ok) throw refusedError(removed);
  if (json) printJson(removed, print);
  else {
    print(
      line`Forgot ${removed.data.runs} runs, ${removed.data.artifacts} artifacts, ${removed.data.auditRecords} audit records and ${removed.data.memoEntries} memo entries older than ${days} days.`,
    );
  }
  return 0;
}

function drawSummary(run: RunSummary, print: Print): void {
  const { executionId, workflowId, name, state, code, startedAtMs, durationMs, untilMs, waiting = [] } = run;
  const until = untilMs === undefined ? '' : yellow(`  until ${new Date(untilMs).toISOString()}`);
  const when = new Date(startedAtMs).toISOString().slice(0, 19).replace('T', ' ');
  print(
    line`${executionId}  ${colours[state](state.padEnd(11))}  ${when}  ${time(durationMs).padStart(8)}  ${name ?? workflowId}${code === null ? '' : line`  ${red(code)}`}${until}`,
  );
  for (const question of waiting) drawQuestion(question, print);
}

const colours: Readonly<Record<RunState, (text: string) => PaintedLine>> = {
  running: cyan,
  suspended: cyan,
  done: green,
  failed: red,
  cancelled: yellow,
  interrupted: yellow,
  rolledBack: dim,
};
