import type { Refused } from '../api/ask.ts';
import { command } from '../api/commands.ts';
import { goTo } from './route.ts';

/** What the hint of a refusal says is to be done next, where it can be done on this page: as a button. */
export interface NextStep {
  readonly label: string;
  run(): void;
}

/** By code; undefined where the hint names something outside of the page. */
export function nextStepOf({ code }: Pick<Refused, 'code'>): NextStep | undefined {
  switch (code) {
    case 'PROJECT_UNREADABLE_FILES':
      return { label: 'See the files', run: () => goTo('health') };
    case 'FILE_CONFLICT':
    case 'PROJECT_CHANGED':
      return { label: 'Read the project again', run: () => void command('project_reload', {}) };
    case 'OBJECT_NOT_FOUND':
      return { label: 'Look in the project', run: () => goTo('project') };
    case 'WORKFLOW_NOT_FOUND':
      return { label: 'To the library', run: () => goTo('home') };
    case 'RUN_NOT_FOUND':
    case 'ALREADY_ANSWERED':
      return { label: 'To the runs', run: () => goTo('runs') };
    default:
      return undefined;
  }
}
