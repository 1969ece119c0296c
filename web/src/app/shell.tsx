import {
  Activity,
  FolderTree,
  HeartPulse,
  Keyboard,
  LayoutDashboard,
  type LucideIcon,
  Moon,
  PlugZap,
  ScrollText,
  Sun,
  Workflow,
} from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { type ProjectFacts, readProject } from '../api/commands.ts';
import { useRecentRuns } from '../run/recent-runs.ts';
import { Dialog } from '../ui/dialog.tsx';
import { linkTo } from './route.ts';
import { useTheme } from './theme.ts';

const views: readonly (readonly [view: string, label: string, icon: LucideIcon, also?: string])[] = [
  ['home', 'Home', LayoutDashboard],
  ['flow', 'Editor', Workflow],
  ['runs', 'Runs', Activity],
  ['project', 'Project', FolderTree],
  ['health', 'Health', HeartPulse],
  ['audit', 'Audit', ScrollText],
];

/** What stands around every view: where one can go, which project this is. */
export function Shell({ view, children }: { readonly view: string; readonly children: ReactNode }) {
  const { theme, toggle } = useTheme();
  const [isHelpOpen, setHelpOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { target } = event;
      const isTyping = target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
      if (event.key === '?' && !isTyping) setHelpOpen(true);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return (
    <div className="shell">
      <header className="top">
        <a className="brand" href={linkTo('home')}>
          <Logo /> <span>WwiseFlow</span>
        </a>
        <ProjectPill />
        <span className="spring" />
        <button
          type="button"
          className="icon"
          aria-label="Keys"
          title="Keys (?)"
          onClick={() => setHelpOpen(true)}
        >
          <Keyboard aria-hidden size={18} />
        </button>
        <button
          type="button"
          className="icon"
          aria-label={theme === 'dark' ? 'Light colours' : 'Dark colours'}
          onClick={toggle}
        >
          {theme === 'dark' ? <Sun aria-hidden size={18} /> : <Moon aria-hidden size={18} />}
        </button>
      </header>
      <nav className="rail" aria-label="Views">
        {views.map(([name, label, Icon]) => (
          <a key={name} href={linkTo(name)} aria-current={name === view ? 'page' : undefined}>
            <Icon aria-hidden size={20} />
            <span>{label}</span>
            {name === 'runs' && <RunsNow />}
          </a>
        ))}
      </nav>
      {children}
      {isHelpOpen && <KeysDialog onClose={() => setHelpOpen(false)} />}
    </div>
  );
}

/** How many runs go on or wait for somebody, whoever began them. */
function RunsNow() {
  const count = useRecentRuns(
    ({ runs }) => (runs ?? []).filter(({ state }) => state === 'running' || state === 'suspended').length,
  );
  return count === 0 ? null : (
    <span className="rail-count">
      {count}
      <span className="hidden"> going on</span>
    </span>
  );
}

function Logo() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="logo-ground" />
      <path d="M6 12l4 9 4-9 4 9 4-9" className="logo-wave" />
      <circle cx="25" cy="12" r="2.6" className="logo-dot" />
    </svg>
  );
}

/** Which project is open: read again when something runs, and when somebody comes back to the page. */
function ProjectPill() {
  const [project, setProject] = useState<ProjectFacts | null>(null);
  const [error, setError] = useState('');
  const runs = useRecentRuns((state) => state.runs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what runs changes the project
  useEffect(() => {
    const read = async (): Promise<void> => {
      if (document.hidden) return;
      const answer = await readProject();
      if (answer.ok) setProject(answer.data);
      setError(answer.ok ? '' : answer.error);
    };
    void read();
    const again = () => void read();
    addEventListener('focus', again);
    // A server that comes back is noticed.
    const timer = error === '' ? undefined : setInterval(again, 5_000);
    return () => {
      removeEventListener('focus', again);
      clearInterval(timer);
    };
  }, [runs, error]);
  if (error !== '')
    return (
      <span className="pill bad" role="status" title={error}>
        <PlugZap aria-hidden size={15} /> {error}
      </span>
    );
  if (project === null) return <span className="pill">…</span>;
  return (
    <a className="pill" href={linkTo('project')} title={project.filePath}>
      <span className={project.isDirty ? 'dot dirty' : 'dot'} aria-hidden />
      <strong>{project.name}</strong>
      <small>{project.isDirty ? 'unsaved changes' : 'saved'}</small>
    </a>
  );
}

const keys: readonly (readonly [string, string])[] = [
  ['/', 'Search steps to add; Enter adds the first'],
  ['Tab, Enter', 'Go to a step, select it'],
  ['Arrows', 'Move the selected step'],
  ['C', 'Connect the selected step to another'],
  ['O, Escape', 'Open the steps inside of the selected one, and leave them'],
  ['L', 'Put the selected steps into a loop'],
  ['T', 'Tidy the layout'],
  ['F', 'Fit the drawing'],
  ['Delete', 'Remove what is selected'],
  ['Ctrl Z, Ctrl Shift Z', 'Undo, redo'],
  ['Ctrl C, Ctrl V, Ctrl D', 'Copy, paste at the pointer, duplicate'],
  ['Ctrl A', 'Select all; Shift drags a frame'],
  ['Ctrl S', 'Save'],
  ['Ctrl Enter', 'Run'],
  ['?', 'These keys'],
];

function KeysDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="keys">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
