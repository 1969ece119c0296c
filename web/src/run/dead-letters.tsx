import { useEffect, useState } from 'react';
import { ask } from '../api/ask.ts';
import { notifyRefused } from '../app/notices.tsx';
import { linkTo } from '../app/route.ts';
import { ago, counted } from '../ui/words.ts';
import { useRecentRuns } from './recent-runs.ts';

interface DeadLetter {
  readonly executionId: string;
  readonly queue: string;
  readonly attempts: number;
  readonly code: string | null;
  readonly error: string | null;
  readonly endedAtMs: number | null;
}

/** The jobs of workers that failed for good, until somebody decides what becomes of them; nothing where there are none. */
export function DeadLetters() {
  const [letters, setLetters] = useState<readonly DeadLetter[]>([]);
  const [turn, setTurn] = useState(0);
  const recent = useRecentRuns((state) => state.runs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what runs changes the answer
  useEffect(() => {
    const control = new AbortController();
    const path = '/dead-letters?take=50';
    void ask<{ readonly deadLetters: readonly DeadLetter[] }>('GET', path, undefined, control.signal).then(
      (answer) => {
        if (answer.ok) setLetters(answer.data.deadLetters);
      },
    );
    return () => control.abort();
  }, [recent, turn]);
  const settle = async (method: string, path: string): Promise<void> => {
    const answer = await ask(method, path);
    if (!answer.ok) notifyRefused(answer);
    setTurn(turn + 1);
  };
  if (letters.length === 0) return null;
  return (
    <section aria-label="Dead letters">
      <h2>{counted(letters.length, 'job')} failed for good</h2>
      <ul className="run-list">
        {letters.map(({ executionId, queue, attempts, code, error, endedAtMs }) => {
          const path = `/dead-letters/${encodeURIComponent(executionId)}`;
          return (
            <li key={executionId}>
              <a href={linkTo('runs', executionId)}>
                <strong>{code ?? 'Failed'}</strong>
                <span className="run-name">
                  <small className="ink-failed">{error}</small>
                </span>
                <small>
                  {endedAtMs === null ? '' : `${ago(endedAtMs)} · `}queue {queue} ·{' '}
                  {counted(attempts, 'attempt')}
                </small>
              </a>
              <span className="actions">
                <button type="button" onClick={() => void settle('POST', `${path}/retry`)}>
                  Retry
                </button>
                <button type="button" onClick={() => void settle('DELETE', path)}>
                  Discard
                </button>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
