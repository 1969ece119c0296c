import { ArrowRight, FileJson, Plus, Sparkles } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ask } from '../api/ask.ts';
import type { ListedWorkflow } from '../api/wire.ts';
import { importFlow } from '../author/flow-actions.ts';
import { useRecentRuns } from '../run/recent-runs.ts';
import { RunList } from '../run/run-list.tsx';
import { ago } from '../ui/words.ts';
import { notifyRefused } from './notices.tsx';
import { linkTo } from './route.ts';

interface Library {
  readonly workflows: readonly ListedWorkflow[];
  readonly examples: readonly ListedWorkflow[];
}

/** Where one begins: the library, what to start from, what ran last. */
export function HomePage() {
  const [library, setLibrary] = useState<Library | null>(null);
  const [words, setWords] = useState('');
  const runs = useRecentRuns((state) => state.runs);
  useEffect(() => {
    const asked = words.trim() === '' ? '' : `&text=${encodeURIComponent(words.trim())}`;
    const control = new AbortController();
    void ask<Library>('GET', `/workflows?verbose=true&take=100${asked}`, undefined, control.signal).then(
      (answer) => {
        if (answer.ok) setLibrary(answer.data);
        else notifyRefused(answer);
      },
    );
    return () => control.abort();
  }, [words]);
  const open = (files: FileList | null): void => {
    const [file] = files ?? [];
    if (file !== undefined) void file.text().then(importFlow);
  };
  const isNew =
    library !== null && library.workflows.length === 0 && words === '' && runs !== null && runs.length === 0;
  return (
    <main className="page home">
      <header className="page-head">
        <div>
          <h1>{isNew ? 'Welcome' : 'Workflows'}</h1>
          <p className="about">
            Draw what should happen in the Wwise project, see what it would change, then run it.
          </p>
        </div>
        <span className="actions">
          <label className="button">
            <FileJson aria-hidden size={16} /> Open a file
            <input
              className="hidden"
              type="file"
              accept=".json,application/json"
              onChange={({ target }) => open(target.files)}
            />
          </label>
          <a className="button primary" href={linkTo('flow', 'new')}>
            <Plus aria-hidden size={16} /> New workflow
          </a>
        </span>
      </header>
      {isNew && <FirstRun />}
      <div className="home-columns">
        <section>
          <div className="section-head">
            <h2>Library</h2>
            <input
              type="search"
              aria-label="Search workflows"
              placeholder="Search"
              value={words}
              onChange={({ target }) => setWords(target.value)}
            />
          </div>
          {library !== null && library.workflows.length === 0 && (
            <p className="empty">
              {words === ''
                ? 'What you save, and what agents save, stands here.'
                : 'No saved workflow has these words.'}
            </p>
          )}
          <WorkflowCards workflows={library?.workflows ?? []} />
          <h2>
            <Sparkles aria-hidden size={16} /> To start from
          </h2>
          <WorkflowCards workflows={library?.examples ?? []} />
        </section>
        <section>
          <div className="section-head">
            <h2>Last runs</h2>
            <a href={linkTo('runs')}>
              All <ArrowRight aria-hidden size={14} />
            </a>
          </div>
          <RunList runs={(runs ?? []).slice(0, 8)} isLoaded={runs !== null} />
        </section>
      </div>
    </main>
  );
}

function WorkflowCards({ workflows }: { readonly workflows: readonly ListedWorkflow[] }) {
  return (
    <ul className="cards">
      {workflows.map(({ workflowId, name, description, version, savedAtMs }) => (
        <li key={workflowId}>
          <a href={linkTo('flow', workflowId)}>
            <strong>{name ?? workflowId}</strong>
            <small>
              {workflowId}
              {typeof version === 'number' && ` · version ${version}`}
              {savedAtMs !== undefined && ` · ${ago(savedAtMs)}`}
            </small>
            {description !== null && <p>{description}</p>}
          </a>
        </li>
      ))}
    </ul>
  );
}

const beginnings: readonly (readonly [title: string, text: string, view: string, id: string])[] = [
  ['1. Open an example', 'It shows a Sound with its Event, step by step.', 'flow', 'sound-with-event'],
  [
    '2. Preview it',
    'You see every object and file that would change. Nothing is touched.',
    'flow',
    'sound-with-event',
  ],
  ['3. Run it', 'Steps turn green as they are done; Roll back undoes the run.', 'runs', ''],
];

function FirstRun() {
  return (
    <section className="first-run" aria-label="How to begin">
      {beginnings.map(([title, text, view, id]) => (
        <a key={title} href={linkTo(view, id)}>
          <strong>{title}</strong>
          <p>{text}</p>
        </a>
      ))}
    </section>
  );
}
