import { useEffect, useState } from 'react';
import { ask } from '../api/ask.ts';
import type { ValueObject } from '../api/wire.ts';
import { notifyRefused } from '../app/notices.tsx';
import { linkTo } from '../app/route.ts';
import { JsonView } from '../ui/json-view.tsx';
import { ago, inTime } from '../ui/words.ts';

/** What was asked of the project, by whom, and how it ended. */
export function AuditPage({ executionId }: { readonly executionId: string }) {
  const [records, setRecords] = useState<readonly ValueObject[] | null>(null);
  const [outcome, setOutcome] = useState('');
  const [command, setCommand] = useState('');
  const [isWhole, setWhole] = useState(executionId !== '');
  const shown = (records ?? []).filter(
    ({ result, ok, code }) =>
      isWhole ||
      command !== '' ||
      (result !== null && result !== undefined) ||
      ok === false ||
      typeof code === 'string',
  );
  useEffect(() => {
    const asked = new URLSearchParams({ take: '100', verbose: 'true' });
    if (executionId !== '') asked.set('executionId', executionId);
    if (outcome !== '') asked.set('outcome', outcome);
    if (command !== '') asked.set('command', command);
    const control = new AbortController();
    void ask<{ readonly records: readonly ValueObject[] }>(
      'GET',
      `/audit?${asked}`,
      undefined,
      control.signal,
    ).then((answer) => {
      if (answer.ok) setRecords(answer.data.records);
      else notifyRefused(answer);
    });
    return () => control.abort();
  }, [executionId, outcome, command]);
  return (
    <main className="page">
      <header className="page-head">
        <div>
          <h1>Audit</h1>
          <p className="about">
            {executionId === ''
              ? 'Every call that was made, by agents, the command line and this page.'
              : `Calls of ${executionId}.`}
          </p>
        </div>
        <span className="actions">
          <input
            type="search"
            aria-label="Command"
            placeholder="Command, e.g. set_property"
            value={command}
            onChange={({ target }) => setCommand(target.value)}
          />
          <select
            aria-label="Kind of call"
            value={isWhole ? 'all' : 'changes'}
            onChange={({ target }) => setWhole(target.value === 'all')}
          >
            <option value="changes">What changed or failed</option>
            <option value="all">Every call</option>
          </select>
          <select aria-label="Outcome" value={outcome} onChange={({ target }) => setOutcome(target.value)}>
            <option value="">All</option>
            <option value="ok">Done</option>
            <option value="failed">Failed</option>
          </select>
        </span>
      </header>
      {records !== null && shown.length === 0 && (
        <p className="empty">
          {records.length === 0 ? 'Nothing of that kind.' : `The last ${records.length} calls only looked.`}
        </p>
      )}
      <ul className="audit">
        {shown.map((record, index) => (
          <li key={String(record.id ?? index)}>
            <details>
              <summary>
                <span
                  className={record.code === null || record.ok === true ? 'dot ok' : 'dot bad'}
                  aria-hidden
                />
                <strong>{String(record.command ?? '')}</strong>
                <small>{String(record.caller ?? '')}</small>
                {typeof record.durationMs === 'number' && <small>{inTime(record.durationMs)}</small>}
                {typeof record.atMs === 'number' && <small>{ago(record.atMs)}</small>}
                {typeof record.code === 'string' && <span className="tag bad">{record.code}</span>}
              </summary>
              {typeof record.executionId === 'string' && (
                <a href={linkTo('runs', record.executionId)}>To its run</a>
              )}
              <JsonView value={record} />
            </details>
          </li>
        ))}
      </ul>
    </main>
  );
}
