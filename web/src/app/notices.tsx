import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { create } from 'zustand';
import type { Refused } from '../api/ask.ts';
import { type NextStep, nextStepOf } from './next-step.ts';

export interface Notice {
  readonly id: number;
  readonly kind: 'good' | 'bad' | 'info';
  readonly text: string;
  readonly hint?: string;
  /** The next step, as a button. */
  readonly step?: NextStep;
}

let nextId = 1;

const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

/** Says something in the corner; what is good goes away by itself. */
export function notify(notice: Omit<Notice, 'id'>): void {
  const id = nextId++;
  useNotices.setState(({ notices }) => ({ notices: [...notices.slice(-3), { ...notice, id }] }));
  setTimeout(() => dismiss(id), notice.kind === 'bad' ? 15_000 : 5_000);
}

/** Says why something was refused, in the server's words, with the next step as a button where this page can do it. */
export function notifyRefused(refused: Refused, given?: NextStep): void {
  const { error, hint, code } = refused;
  if (code === 'CANCELLED') return;
  const step = given ?? nextStepOf(refused);
  notify({ kind: 'bad', text: error, hint, ...(step === undefined ? {} : { step }) });
}

function dismiss(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

const icons = { good: CircleCheck, bad: CircleAlert, info: Info };

/** The notices there are now. */
export function Notices() {
  const { notices } = useNotices();
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map(({ id, kind, text, hint, step }) => {
        const Icon = icons[kind];
        return (
          <div key={id} className={`notice ${kind}`}>
            <Icon aria-hidden size={18} />
            <div className="notice-text">
              <strong>{text}</strong>
              {hint !== undefined && hint !== '' && <p>{hint}</p>}
              {step !== undefined && (
                <button type="button" className="small" onClick={step.run}>
                  {step.label}
                </button>
              )}
            </div>
            <button type="button" className="icon" aria-label="Dismiss" onClick={() => dismiss(id)}>
              <X aria-hidden size={16} />
            </button>
          </div>
        );
      })}
    </div>
  );
}
