import { useSyncExternalStore } from 'react';

/** What the page shows, as its address says: `#/flow/footsteps`, `#/runs/exec_1`. */
export interface Route {
  readonly view: string;
  readonly id: string;
}

/** The address now; the caller is drawn again when it changes. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(
    (changed) => {
      addEventListener('hashchange', changed);
      return () => removeEventListener('hashchange', changed);
    },
    () => location.hash,
  );
  return readRoute(hash);
}

export function readRoute(hash: string): Route {
  const [view = '', ...rest] = hash.replace(/^#\/?/, '').split('/');
  return { view: view === '' ? 'home' : view, id: decodeURIComponent(rest.join('/')) };
}

/** The address of a view, as a link has it. */
export function linkTo(view: string, id = ''): string {
  return id === '' ? `#/${view}` : `#/${view}/${encodeURIComponent(id)}`;
}

export function goTo(view: string, id = ''): void {
  location.hash = linkTo(view, id);
}
