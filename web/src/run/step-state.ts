/** How a step stands in the run that is shown. */
export type StepState =
  | 'waiting'
  | 'running'
  | 'done'
  | 'hit'
  | 'failed'
  | 'skipped'
  | 'suspended'
  | 'rolledBack';
