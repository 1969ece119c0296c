import type { RunJournal } from '../journal/run-journal.ts';
import type { OnRunEvent, RunEvent } from './events.ts';

/** The events of a run in their order, some of which wait until the journal has what they say. */
export interface OrderedEvents {
  /** Behind those that still wait. */
  readonly emit: OnRunEvent;
  /** Once what was noted by now is written: nobody hears of an end that a crash would undo. */
  readonly emitWritten: OnRunEvent;
}

export function orderedEvents(send: OnRunEvent, journal: Pick<RunJournal, 'onceWritten'>): OrderedEvents {
  const waiting: { readonly event: RunEvent; isReady: boolean }[] = [];
  const sendReady = (): void => {
    while (waiting[0]?.isReady === true) {
      const next = waiting.shift();
      if (next !== undefined) send(next.event);
    }
  };
  return {
    emit: (event) => {
      if (waiting.length === 0) send(event);
      else waiting.push({ event, isReady: true });
    },
    emitWritten: (event) => {
      const entry = { event, isReady: false };
      waiting.push(entry);
      journal.onceWritten(() => {
        entry.isReady = true;
        sendReady();
      });
    },
  };
}
