import type { JsonObject } from '../../../core/json.ts';
import type { OnRunEvent } from '../../../workflow/service.ts';
import type { Print } from '../print.ts';
import { cyan, dim, green, line, red, yellow } from './paint.ts';

/** Prints every node of a run as it ends, and what the run took. `width` is that of the longest node id. */
export function drawRun(width: number, print: Print): OnRunEvent {
  return (event) => {
    if (event.event === 'workflow.execution.start') print('');
    if (event.event === 'node.execution.complete') {
      const { nodeId, type, ok, code, memo, durationMs } = event;
      const mark = ok ? green('✓') : red('✗');
      const memory =
        memo === 'hit'
          ? line`  ${cyan('done before')}`
          : memo === 'stale'
            ? line`  ${yellow('done again')}`
            : '';
      print(
        line`${mark} ${nodeId.padEnd(width)}  ${type}  ${dim(time(durationMs))}${ok ? memory : line`  ${red(code ?? '')}`}`,
      );
    }
    if (event.event === 'node.message')
      for (const text of event.text.split('\n')) print(line`  ${event.nodeId.padEnd(width)}  ${cyan(text)}`);
    if (event.event === 'workflow.execution.suspended') {
      const { executionId, nodes, untilMs, waiting } = event;
      const until = untilMs === null ? '' : ` until ${new Date(untilMs).toISOString()}`;
      print(yellow(line`${executionId} is suspended${until} by ${nodes.join(', ')}`));
      for (const question of waiting) drawQuestion(question, print);
    }
    if (event.event === 'workflow.execution.complete') {
      const { executionId, waapiCalls, durationMs, costs } = event;
      const paid = costs.map(({ totalCost, currency }) => `, ${totalCost} ${currency}`).join('');
      print(dim(line`${executionId}: ${waapiCalls} WAAPI calls, ${time(durationMs)}${paid}`));
    }
  };
}

/** What a run asks, and how it is answered. */
export function drawQuestion(asked: JsonObject, print: Print): void {
  const { node, question, prompt, role, choices, untilMs } = asked;
  const whom = typeof role === 'string' ? line`  for ${role}` : '';
  const until = typeof untilMs === 'number' ? line`  until ${new Date(untilMs).toISOString()}` : '';
  const [first = '', ...rest] = String(prompt).split('\n');
  print(line`  ${String(question ?? node)}  ${cyan(first)}${dim(`${whom}${until}`)}`);
  for (const one of rest) print(line`    ${cyan(one)}`);
  if (Array.isArray(choices) && choices.length > 0) print(line`    ${choices.map(String).join(' | ')}`);
}

/** `12 ms`, `3.4 s`. */
export function time(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}
