/**
 * Every state of a run. `suspended`: it waits, and goes on by itself in the process that suspended it, elsewhere when it is
 * resumed. `interrupted`: the process that executed it is gone; resume goes on with it.
 */
export const runStates = [
  'running',
  'suspended',
  'done',
  'failed',
  'cancelled',
  'interrupted',
  'rolledBack',
] as const;

/** What runs can be looked for by: their states, and `waiting`: suspended until somebody answers. */
export const runsWanted = [...runStates, 'waiting'] as const;

export type RunsWanted = (typeof runsWanted)[number];

export type RunState = (typeof runStates)[number];
