import { useEffect, useState } from 'react';
import { ask } from '../api/ask.ts';
import type { NodeResult, RunStatus } from '../api/wire.ts';
import { notifyRefused } from '../app/notices.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ago, inShort, inTime } from '../ui/words.ts';
import { resultsOf } from './run-panel.tsx';
import { RunBadge } from './step-look.tsx';

/** Two runs side by side, step by step; what differs stands out. */
export function CompareDialog({ ids, onClose }: { readonly ids: readonly string[]; onClose(): void }) {
  const [runs, setRuns] = useState<readonly RunStatus[]>([]);
  useEffect(() => {
    void Promise.all(
      ids.map((id) => ask<RunStatus>('GET', `/executions/${encodeURIComponent(id)}/status`)),
    ).then((answers) => {
      const failed = answers.find(({ ok }) => !ok);
      if (failed !== undefined && !failed.ok) notifyRefused(failed);
      const read = answers.flatMap((answer) => (answer.ok ? [answer.data] : []));
      setRuns(read.sort((a, b) => a.startedAtMs - b.startedAtMs));
    });
  }, [ids]);
  const results = runs.map(resultsOf);
  const names = [...new Set(runs.flatMap(({ nodes }) => nodes.map(({ node }) => node)))];
  return (
    <Dialog title="Compare two runs" wide onClose={onClose}>
      <table className="compare">
        <thead>
          <tr>
            <th scope="col">Step</th>
            {runs.map((run) => (
              <th scope="col" key={run.executionId}>
                <RunBadge state={run.state} /> {run.workflowId}{' '}
                <small>
                  {ago(run.startedAtMs)}, {inTime(run.durationMs)}
                </small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const cells = runs.map((run, index) => cellOf(run, name, results[index]?.get(name)));
            const differs = new Set(cells.map(({ state, output }) => `${state} ${output}`)).size > 1;
            return (
              <tr key={name} className={differs ? 'differs' : ''}>
                <th scope="row">{name}</th>
                {cells.map(({ state, time, output }, index) => (
                  <td key={runs[index]?.executionId}>
                    <b>{state}</b> <small>{time}</small>
                    <code>{inShort(output, 140)}</code>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Dialog>
  );
}

function cellOf({ nodes }: RunStatus, name: string, result: NodeResult | undefined) {
  const node = nodes.find((one) => one.node === name);
  return {
    state: node?.memo === 'hit' ? 'done before' : (node?.state ?? 'not there'),
    time: node?.durationMs === null || node === undefined ? '' : inTime(node.durationMs),
    output: result?.error ?? node?.error ?? JSON.stringify(result?.data ?? null),
  };
}
