import type { HotSessions, SessionRecord } from '../core/stores/session-store.ts';

/** How many are kept: about a hundred megabytes of usual ones. */
const MOST_SESSIONS = 20_000;

/** Hot sessions of one workspace in the memory of this process. `most`: beyond that the least used one goes. */
export function memoryHotSessions(now: () => number, most = MOST_SESSIONS): HotSessions {
  // In the order in which they were last used.
  const kept = new Map<string, { readonly session: SessionRecord; readonly untilMs: number }>();
  const keep = (session: SessionRecord): void => {
    kept.delete(session.sessionId);
    kept.set(session.sessionId, { session, untilMs: now() + session.ttlMs });
    for (const [sessionId, { untilMs }] of kept) {
      if (kept.size <= most && untilMs > now()) break;
      kept.delete(sessionId);
    }
  };
  return {
    get: async (sessionId) => {
      const found = kept.get(sessionId);
      if (found === undefined) return undefined;
      if (found.untilMs <= now()) {
        kept.delete(sessionId);
        return undefined;
      }
      keep(found.session);
      return found.session;
    },
    set: async (session) => keep(session),
    remove: async (sessionId) => {
      kept.delete(sessionId);
    },
  };
}
