import { readFileSync } from 'node:fs';
import pc from 'picocolors';
import { toWwiseFlowError, WwiseFlowError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { Bus } from '../../bus/bus.ts';
import { failure, success } from '../../bus/result.ts';
import { compileWorkflow } from '../../workflow/compile.ts';
import type { RunEvent } from '../../workflow/events.ts';
import type { Plan } from '../../workflow/plan.ts';
import { createRunner } from '../../workflow/run.ts';
import { drawPlan } from './draw-plan.ts';
import { type Print, printJson } from './print.ts';
import { printTrouble } from './trouble.ts';

export interface FlowToRun {
  readonly flowPath: string;
  readonly planOnly: boolean;
  readonly forceRerun: boolean;
  readonly json: boolean;
}

export interface RunParts {
  readonly openBus: () => Promise<Bus>;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** Compiles a workflow file and runs it, or with `planOnly` shows its plan. Exit code 0: done, 1: failed, 2: invalid. */
export async function runFlow(flow: FlowToRun, parts: RunParts, print: Print): Promise<number> {
  const bus = await parts.openBus();
  let plan: Plan;
  try {
    plan = compileWorkflow(readFlow(flow.flowPath), bus);
  } catch (thrown) {
    const failed = failure(toWwiseFlowError(thrown));
    if (flow.json) printJson(failed, print);
    else printTrouble(failed, print);
    return 2;
  }
  if (flow.planOnly) {
    if (flow.json) printJson(success({ ...plan }), print);
    else drawPlan(plan, print);
    return 0;
  }
  return runPlan(plan, bus, flow, parts, print);
}

async function runPlan(
  plan: Plan,
  bus: Bus,
  flow: FlowToRun,
  { signal, log }: RunParts,
  print: Print,
): Promise<number> {
  if (!flow.json) drawPlan(plan, print);
  const width = Math.max(...plan.nodes.map((node) => node.id.length));
  const result = await createRunner({ bus, log }).run(plan, {
    forceRerun: flow.forceRerun,
    signal,
    caller: 'cli',
    onEvent: (event) => {
      if (!flow.json) printEvent(event, width, print);
    },
  });
  if (flow.json) printJson(result, print);
  else if (!result.ok) printTrouble(result, print);
  return result.ok ? 0 : 1;
}

function printEvent(event: RunEvent, width: number, print: Print): void {
  if (event.event === 'workflow.execution.start') print('');
  if (event.event === 'node.execution.complete') {
    const { nodeId, type, ok, code, memo, durationMs } = event;
    const mark = ok ? pc.green('✓') : pc.red('✗');
    const memory = memo === 'hit' ? pc.cyan('done before') : memo === 'stale' ? pc.yellow('done again') : '';
    print(
      `${mark} ${nodeId.padEnd(width)}  ${type}  ${pc.dim(time(durationMs))}  ${ok ? memory : pc.red(code ?? '')}`.trimEnd(),
    );
  }
  if (event.event === 'workflow.execution.complete') {
    const { executionId, waapiCalls, durationMs } = event;
    print(pc.dim(`${executionId}: ${waapiCalls} WAAPI calls, ${time(durationMs)}`));
  }
}

function readFlow(flowPath: string): unknown {
  let text: string;
  try {
    text = readFileSync(flowPath, 'utf8');
  } catch (cause) {
    throw new WwiseFlowError('FILE_NOT_FOUND', `The workflow file "${flowPath}" cannot be read.`, {
      hint: 'Give the path of a JSON file with nodes and edges.',
      cause,
    });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WwiseFlowError('WORKFLOW_INVALID', `"${flowPath}" is not JSON: ${reason}.`, {
      hint: 'Repair the JSON at that position.',
      cause,
    });
  }
}

function time(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}
