import { readFlow } from './read-flow.ts';

/** What `view` shows first: the part of the address behind the server's, and the workflow of a file. */
export interface ShownFirst {
  readonly address: string;
  /** Undefined: the page reads what it shows from the server. */
  readonly workflow: unknown;
}

/** A run, a workflow of the library or a file. Throws FILE_NOT_FOUND, or WORKFLOW_INVALID for what is not JSON. */
export function shownFirst(asked: string | undefined): ShownFirst {
  if (asked === undefined) return { address: '', workflow: undefined };
  if (asked.endsWith('.json')) return { address: '/#/opened', workflow: readFlow(asked) };
  const view = asked.startsWith('exec_') ? 'runs' : 'flow';
  return { address: `/#/${view}/${encodeURIComponent(asked)}`, workflow: undefined };
}
