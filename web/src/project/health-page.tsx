import { CircleCheck, HeartPulse, RefreshCw, Wrench } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { ask } from '../api/ask.ts';
import { command } from '../api/commands.ts';
import type { ProjectObject, Value, ValueObject } from '../api/wire.ts';
import { notify, notifyRefused } from '../app/notices.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { JsonView } from '../ui/json-view.tsx';
import { counted } from '../ui/words.ts';
import { ObjectLink } from './object-view.tsx';

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly object?: ProjectObject;
}

interface Lint {
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<string, number>>;
  readonly total: number;
  readonly unreadable?: Value;
}

interface Repairs extends ValueObject {
  readonly repairs: readonly ValueObject[];
  readonly total: number;
}

const titles: Readonly<Record<string, string>> = {
  duplicateIds: 'GUIDs that stand twice',
  misplaced: 'Misplaced objects',
  twins: 'Names that stand twice',
  danglingReferences: 'References to nothing',
  brokenReferences: 'Broken references',
  missingAudio: 'Missing audio',
  audioFiles: 'Audio files',
  newerSchema: 'Newer than known',
  emptyEvents: 'Empty Events',
  noEffect: 'Values without effect',
  naming: 'Names',
  unused: 'Unused objects',
  sampleRates: 'Sample rates',
  loudness: 'Loudness',
};

/** What is wrong with the project, and what can be repaired: looked at first, then done. */
export function HealthPage() {
  const [lint, setLint] = useState<Lint | null>(null);
  const [health, setHealth] = useState<ValueObject>({});
  const [repairs, setRepairs] = useState<Repairs | null>(null);
  const [rule, setRule] = useState('');
  const [action, setAction] = useState<'newIds' | 'remove' | null>(null);
  const read = useCallback(async (): Promise<void> => {
    const [found, state, mendable] = await Promise.all([
      command<Lint>('project_lint', { limit: 500 }),
      ask<ValueObject>('GET', '/health'),
      command<Repairs>('project_repair', {}),
    ]);
    if (found.ok) setLint(found.data);
    else notifyRefused(found);
    if (state.ok) setHealth(state.data);
    if (mendable.ok) setRepairs(mendable.data);
  }, []);
  useEffect(() => {
    void read();
  }, [read]);
  const all = Object.entries(lint?.counts ?? {});
  const counts = all.filter(([, count]) => count > 0);
  const clean = all.filter(([, count]) => count === 0).map(([name]) => titles[name] ?? name);
  const shown = (lint?.findings ?? []).filter((finding) => rule === '' || finding.rule === rule);
  return (
    <main className="page">
      <header className="page-head">
        <div>
          <h1>
            <HeartPulse aria-hidden size={24} /> Health
          </h1>
          <p className="about">
            {lint === null
              ? 'Looking through the project…'
              : lint.total === 0
                ? 'Nothing is wrong.'
                : `${counted(lint.total, 'finding')}.`}{' '}
            {typeof health.status === 'string' && `The server says: ${health.status}.`}
          </p>
        </div>
        <span className="actions">
          <button type="button" onClick={() => void read()}>
            <RefreshCw aria-hidden size={16} /> Look again
          </button>
        </span>
      </header>
      {lint?.unreadable !== undefined && (
        <section className="warning">
          <strong>Files that could not be read</strong>
          <JsonView value={lint.unreadable} />
        </section>
      )}
      {repairs !== null && repairs.total > 0 && (
        <section className="first-run">
          <div>
            <strong>{counted(repairs.total, 'object')} with the GUID of another</strong>
            <p>Merges and copied files leave such. What a repair would do is shown first.</p>
            <span className="actions">
              <button type="button" onClick={() => setAction('newIds')}>
                <Wrench aria-hidden size={15} /> Give them GUIDs of their own…
              </button>
              <button type="button" className="danger" onClick={() => setAction('remove')}>
                Remove the second ones…
              </button>
            </span>
          </div>
        </section>
      )}
      <div className="rule-cards" role="group" aria-label="Rules">
        {counts.map(([name, count]) => (
          <button
            key={name}
            type="button"
            className="bad"
            aria-pressed={name === rule}
            onClick={() => setRule(rule === name ? '' : name)}
          >
            <b>{count}</b> {titles[name] ?? name}
          </button>
        ))}
      </div>
      {lint !== null && clean.length > 0 && (
        <p className="clean-rules">
          <CircleCheck aria-hidden size={16} />
          <span>
            Nothing to mend:{' '}
            {clean
              .map((title) =>
                title
                  .toLowerCase()
                  .replace(/^guids/, 'GUIDs')
                  .replace(/events$/, 'Events'),
              )
              .join(', ')}
            .
          </span>
        </p>
      )}
      <ul className="findings">
        {shown.map(({ rule: of, severity, message, object }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may be found twice
          <li key={`${of}${object?.id ?? ''}${index}`}>
            <span className={`tag ${severity === 'error' ? 'bad' : 'warn'}`}>{severity}</span>
            <span>
              {object !== undefined && <ObjectLink object={object} />} {message}
            </span>
          </li>
        ))}
      </ul>
      {action !== null && (
        <RepairDialog
          action={action}
          onClose={() => setAction(null)}
          onDone={() => {
            setAction(null);
            void read();
          }}
        />
      )}
    </main>
  );
}

function RepairDialog({
  action,
  onDone,
  onClose,
}: {
  readonly action: 'newIds' | 'remove';
  onDone(): void;
  onClose(): void;
}) {
  const [preview, setPreview] = useState<Repairs | null>(null);
  useEffect(() => {
    void command<Repairs>('project_repair', { action, preview: true }).then((answer) => {
      if (answer.ok) setPreview(answer.data);
      else notifyRefused(answer);
    });
  }, [action]);
  const repair = async (): Promise<void> => {
    const answer = await command<Repairs>('project_repair', { action, confirm: true });
    if (answer.ok) notify({ kind: 'good', text: `Repaired ${counted(answer.data.total, 'object')}.` });
    else notifyRefused(answer);
    onDone();
  };
  return (
    <Dialog
      title="What the repair would do"
      wide
      onClose={onClose}
      footer={
        <>
          <span className="about">It writes the files at once; undo does not bring back what was there.</span>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className="danger"
            disabled={preview === null || preview.total === 0}
            onClick={() => void repair()}
          >
            Repair
          </button>
        </>
      }
    >
      {preview === null ? <p className="empty">Looking…</p> : <JsonView value={preview} />}
    </Dialog>
  );
}
