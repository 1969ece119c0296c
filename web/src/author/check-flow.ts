import { type Answer, ask } from '../api/ask.ts';
import type { Plan, Problem } from '../api/wire.ts';
import { flowToRun, useFlow } from './flow-store.ts';

const pauseMs = 180;
let timer: ReturnType<typeof setTimeout> | undefined;
let asking: AbortController | undefined;

/** Compiles what is drawn, a moment after the last change; the answer to an older document is dropped. */
export function checkSoon(): void {
  clearTimeout(timer);
  asking?.abort();
  timer = setTimeout(() => void checkNow(), pauseMs);
}

export async function checkNow(): Promise<void> {
  asking?.abort();
  const { root } = useFlow.getState();
  if (root.nodes.length === 0) return useFlow.getState().compiled(null, []);
  const control = new AbortController();
  asking = control;
  const answer = await ask<Plan>('POST', '/workflows/plan', { workflow: flowToRun() }, control.signal);
  if (control.signal.aborted || useFlow.getState().root !== root) return;
  if (answer.ok) useFlow.getState().compiled(answer.data, []);
  else useFlow.getState().compiled(null, problemsOf(answer));
}

/** What is to be mended; a refusal that lists nothing is one problem itself. */
export function problemsOf(answer: Exclude<Answer<unknown>, { readonly ok: true }>): readonly Problem[] {
  if (answer.code === 'CANCELLED') return [];
  const listed = answer.details?.problems;
  const problems: readonly Problem[] = Array.isArray(listed) ? listed : [];
  if (problems.length > 0 && problems.every((one) => typeof one.message === 'string')) return problems;
  const lone: Problem = { code: 'WORKFLOW_INVALID', message: answer.error, pointer: '' };
  return [lone];
}
