import { GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import { callerWords } from './callers.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { RunList } from './run-list.tsx';
import { useRuns } from './use-runs.ts';

const states: readonly (readonly [string, string])[] = [
  ['', 'All'],
  ['running', 'Running'],
  ['suspended', 'Waiting'],
  ['done', 'Done'],
  ['failed', 'Failed'],
];

/** Every run, whoever began it, as it goes on. */
export function RunsPage() {
  const [state, setState] = useState('');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [isComparing, setComparing] = useState(false);
  const [caller, setCaller] = useState('');
  const [workflowId, setWorkflowId] = useState('');
  const asked = new URLSearchParams({
    ...(state === '' ? {} : { state }),
    ...(caller === '' ? {} : { caller }),
    ...(workflowId.trim() === '' ? {} : { workflowId: workflowId.trim() }),
  });
  const isFiltered = asked.size > 0;
  const { runs, total, more } = useRuns(asked.toString());
  const pick = (id: string): void =>
    setPicked(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked.slice(-1), id]);
  return (
    <main className="page">
      <header className="page-head">
        <div>
          <h1>Runs</h1>
          <p className="about">What agents, the command line and this page run appears here at once.</p>
        </div>
        <span className="actions">
          <input
            type="search"
            aria-label="Id of a workflow"
            placeholder="Workflow"
            value={workflowId}
            onChange={({ target }) => setWorkflowId(target.value)}
          />
          <select aria-label="Begun by" value={caller} onChange={({ target }) => setCaller(target.value)}>
            <option value="">By anybody</option>
            {['mcp', 'cli', 'rest'].map((value) => (
              <option key={value} value={value}>
                By {callerWords(value)}
              </option>
            ))}
          </select>
          <select aria-label="State" value={state} onChange={({ target }) => setState(target.value)}>
            {states.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
          <button type="button" disabled={picked.length !== 2} onClick={() => setComparing(true)}>
            <GitCompareArrows aria-hidden size={16} /> Compare two
          </button>
        </span>
      </header>
      <DeadLetters />
      <RunList
        runs={runs ?? []}
        isLoaded={runs !== null}
        {...(isFiltered ? { empty: 'No run is of that kind.' } : {})}
        picked={picked}
        onPick={pick}
      />
      {runs !== null && total > runs.length && (
        <p className="more-runs">
          <button type="button" onClick={more}>
            Show older ({total - runs.length} more)
          </button>
        </p>
      )}
      {isComparing && <CompareDialog ids={picked} onClose={() => setComparing(false)} />}
    </main>
  );
}
