import type { MemoEntry, MemoStore } from '../core/stores/memo-store.ts';

/** A memo that knows what another one knows and keeps to itself what it learns. Closing it leaves the other one open. */
export function overlayMemo(known: Pick<MemoStore, 'get'>, now: () => number = Date.now): MemoStore {
  const own = new Map<string, MemoEntry | undefined>();
  return {
    get: (key) => (own.has(key) ? own.get(key) : known.get(key)),
    intend: (key, command, before) => {
      own.set(key, { state: 'intent', key, command, before, atMs: now() });
    },
    complete: (key, command, data, claims) => {
      own.set(key, { state: 'done', key, command, data, claims, atMs: now() });
    },
    forget: (key) => {
      own.set(key, undefined);
    },
    close: () => own.clear(),
  };
}
