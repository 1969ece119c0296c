import { lazy, type ReactNode, Suspense } from 'react';
import { useAccess } from '../api/access.ts';
import { AuditPage } from '../audit/audit-page.tsx';
import { FlowPage } from '../author/flow-page.tsx';
import { RunPage } from '../run/run-page.tsx';
import { useRunWatch } from '../run/run-watch.ts';
import { RunsPage } from '../run/runs-page.tsx';
import { HomePage } from './home-page.tsx';
import { Notices } from './notices.tsx';
import { type Route, useRoute } from './route.ts';
import { Shell } from './shell.tsx';
import { TokenGate } from './token-gate.tsx';

const ProjectPage = lazy(async () => ({
  default: (await import('../project/project-page.tsx')).ProjectPage,
}));
const HealthPage = lazy(async () => ({ default: (await import('../project/health-page.tsx')).HealthPage }));

/** The page: the view of its address, in the shell. */
export function App() {
  const route = useRoute();
  const { isAsked } = useAccess();
  useRunWatch();
  return (
    <>
      <Shell view={route.view}>
        {isAsked ? (
          <TokenGate />
        ) : (
          <Suspense fallback={<main className="loading" />}>{viewOf(route)}</Suspense>
        )}
      </Shell>
      <Notices />
    </>
  );
}

function viewOf({ view, id }: Route): ReactNode {
  if (view === 'opened') return <FlowPage id="opened" />;
  if (view === 'flow') return <FlowPage id={id} />;
  if (view === 'runs') return id === '' ? <RunsPage /> : <RunPage key={id} id={id} />;
  if (view === 'project') return <ProjectPage id={id} />;
  if (view === 'health') return <HealthPage />;
  if (view === 'audit') return <AuditPage executionId={id} />;
  return <HomePage />;
}
