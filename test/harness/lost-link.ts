import { setTimeout as pause } from 'node:timers/promises';
import type { WaapiBackend } from '../../src/wwise/connection/backend.ts';

export interface WatchedLinks {
  /** Opens a link as ever. */
  open(): Promise<WaapiBackend>;
  /** Resolves once this side, too, knows that the link opened last is lost. */
  lost(): Promise<void>;
}

/** For a test that cuts a link between two calls: what follows then does not depend on how soon that is noticed. */
export function watchedLinks(open: () => Promise<WaapiBackend>): WatchedLinks {
  let last: WaapiBackend | undefined;
  return {
    async open() {
      last = await open();
      return last;
    },
    async lost() {
      while (last?.isOpen !== false) await pause(1);
    },
  };
}
