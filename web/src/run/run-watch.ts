import { useEffect } from 'react';
import type { RunSummary } from '../api/wire.ts';
import { notify } from '../app/notices.tsx';
import { goTo, linkTo } from '../app/route.ts';
import { callerWords } from './callers.ts';
import { followRecentRuns } from './recent-runs.ts';

/** Says in every view when somebody else begins a run: it is one click away. */
export function useRunWatch(): void {
  useEffect(
    () =>
      followRecentRuns((run) => {
        if (run.caller === 'rest' || location.hash.startsWith(linkTo('runs'))) return;
        notify({
          kind: 'info',
          text: `${begunBy(run)} runs “${run.name ?? run.workflowId}”.`,
          step: { label: 'Watch', run: () => goTo('runs', run.executionId) },
        });
      }),
    [],
  );
}

function begunBy({ caller }: RunSummary): string {
  const words = callerWords(caller);
  return words === '' ? 'Somebody' : `${words[0]?.toUpperCase()}${words.slice(1)}`;
}
