import type { RunSummary } from '../api/wire.ts';
import { linkTo } from '../app/route.ts';
import { ago, inTime } from '../ui/words.ts';
import { callerWords } from './callers.ts';
import { RunBadge } from './step-look.tsx';

/** Runs as rows that open; with `picked`, two can be chosen to compare. */
export function RunList({
  runs,
  isLoaded,
  empty = 'Nothing has run yet.',
  picked,
  onPick,
}: {
  readonly runs: readonly RunSummary[];
  readonly isLoaded: boolean;
  /** What is said where there is none. */
  readonly empty?: string;
  readonly picked?: readonly string[];
  onPick?(executionId: string): void;
}) {
  if (runs.length === 0) return isLoaded ? <p className="empty">{empty}</p> : null;
  return (
    <ul className="run-list">
      {runs.map(({ executionId, workflowId, name, state, startedAtMs, durationMs, caller, error }) => (
        <li key={executionId}>
          {onPick !== undefined && (
            <input
              type="checkbox"
              aria-label={`Compare the run of ${workflowId} of ${ago(startedAtMs)}`}
              checked={picked?.includes(executionId) === true}
              onChange={() => onPick(executionId)}
            />
          )}
          <a href={linkTo('runs', executionId)}>
            <RunBadge state={state} />
            <span className="run-name">
              <strong>{name ?? workflowId}</strong>
              {error !== null && <small className="ink-failed">{error}</small>}
            </span>
            <small>
              {ago(startedAtMs)} · {inTime(durationMs)} · {callerWords(caller)}
            </small>
          </a>
        </li>
      ))}
    </ul>
  );
}
