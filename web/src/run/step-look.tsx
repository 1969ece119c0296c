import {
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Undo2,
  Zap,
} from 'lucide-react';
import type { StepState } from './step-state.ts';

/** A state by icon and word as well as by colour. */
export const stepLooks: Readonly<Record<StepState, { readonly icon: LucideIcon; readonly word: string }>> = {
  waiting: { icon: CircleDashed, word: 'Waiting' },
  running: { icon: LoaderCircle, word: 'Running' },
  done: { icon: CircleCheck, word: 'Done' },
  hit: { icon: Zap, word: 'Done before' },
  failed: { icon: CircleX, word: 'Failed' },
  skipped: { icon: CircleSlash, word: 'Skipped' },
  suspended: { icon: Hourglass, word: 'Waiting to go on' },
  rolledBack: { icon: Undo2, word: 'Rolled back' },
};

export function StepBadge({ state }: { readonly state: StepState }) {
  const { icon: Icon, word } = stepLooks[state];
  return (
    <span className={`badge step-${state}`}>
      <Icon aria-hidden size={14} className={state === 'running' ? 'spin' : undefined} />
      {word}
    </span>
  );
}

const runWords: Readonly<Record<string, readonly [StepState, string]>> = {
  running: ['running', 'Running'],
  done: ['done', 'Done'],
  failed: ['failed', 'Failed'],
  cancelled: ['skipped', 'Cancelled'],
  interrupted: ['failed', 'Interrupted'],
  suspended: ['suspended', 'Waiting'],
  rolledBack: ['rolledBack', 'Rolled back'],
};

/** The state of a run. */
export function RunBadge({ state }: { readonly state: string }) {
  const [look, word] = runWords[state] ?? (['waiting', state] as const);
  const { icon: Icon } = stepLooks[look];
  return (
    <span className={`badge step-${look}`}>
      <Icon aria-hidden size={14} className={look === 'running' ? 'spin' : undefined} />
      {word}
    </span>
  );
}
