import { type Answer, ask } from '../api/ask.ts';
import type { ValueObject } from '../api/wire.ts';
import { notify, notifyRefused } from '../app/notices.tsx';
import { counted } from '../ui/words.ts';
import { useRun } from './run-store.ts';

/** Stops a run: nothing new begins. */
export async function cancelRun(executionId: string): Promise<void> {
  const answer = await ask('POST', `${addressOf(executionId)}/cancel`, {});
  if (!answer.ok) notifyRefused(answer);
  await useRun.getState().refresh();
}

/** Goes on with a run, with the workflow as it is now where one is given; `from`: this step and all after it again. */
export async function resumeRun(executionId: string, how: ValueObject): Promise<Answer<unknown>> {
  const answer = await ask<unknown>('POST', `${addressOf(executionId)}/resume`, { ...how, waitMs: 0 });
  const hasBegun = answer.ok || typeof answer.details?.executionId === 'string';
  if (hasBegun) useRun.getState().show(executionId);
  return answer;
}

interface RolledBack {
  readonly rolledBack?: readonly unknown[];
  readonly notRolledBack?: readonly { readonly node?: string; readonly why?: string }[];
}

/** Rolls back what a run did, and says what is left. */
export async function rollBackRun(executionId: string): Promise<void> {
  const answer = await ask<RolledBack>('POST', `${addressOf(executionId)}/rollback`, {});
  if (answer.ok) {
    const { rolledBack = [], notRolledBack = [] } = answer.data;
    const left = notRolledBack.map(({ node = '', why = '' }) => `${node}: ${why}`).join(' ');
    const hasHits = useRun.getState().status?.nodes.some(({ memo }) => memo === 'hit') === true;
    const hint = left !== '' ? `Left as it is: ${left}` : rolledBack.length === 0 && hasHits ? hitWords : '';
    notify({
      kind: notRolledBack.length === 0 ? 'good' : 'info',
      text: `Rolled back ${counted(rolledBack.length, 'step')}.`,
      ...(hint === '' ? {} : { hint }),
    });
  } else notifyRefused(answer);
  await useRun.getState().refresh();
}

const hitWords = 'An earlier run had done these steps already: that one can be rolled back.';

/** Does what a preview showed. */
export async function applyPreview(previewId: string): Promise<boolean> {
  const answer = await ask<{ readonly executionId: string }>('POST', '/workflows/apply', {
    previewId,
    waitMs: 0,
  });
  const id = answer.ok ? answer.data.executionId : answer.details?.executionId;
  if (typeof id === 'string') useRun.getState().show(id);
  else if (!answer.ok) notifyRefused(answer);
  return typeof id === 'string';
}

function addressOf(executionId: string): string {
  return `/executions/${encodeURIComponent(executionId)}`;
}
