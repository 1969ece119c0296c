import type { Log } from '../../../core/log.ts';
import type {
  HotSessions,
  SavedPart,
  SessionRecord,
  SessionStore,
} from '../../../core/stores/session-store.ts';
import type { Clock } from '../clock.ts';

/** How long a session stays hot while nothing happens to it, in milliseconds. */
export const SESSION_TTL_MS = 3_600_000;

/** What is not critical is saved this long after it happened, at the latest. In milliseconds. */
const SAVE_AFTER_MS = 30_000;

/** A whole session is written this often at most, while it goes on: in between only its step is. In milliseconds. */
const SNAPSHOT_EVERY_MS = 300_000;

/** KeptSessions in the hot store, with the database behind it. */
export interface KeptSessions {
  /** After a step of its dialogue: hot at once, and power-safe in the database when this resolves. */
  saveState(session: SessionRecord): Promise<void>;
  /** Something less happened to it: within half a minute `current` is asked for it, and that is saved. */
  saveSoon(sessionId: string, current: () => Promise<SessionRecord>): void;
  /** From the hot store; else from the database, and hot again; else as it was archived when it ended. Undefined: nobody was asked. */
  recoverSession(sessionId: string): Promise<SessionRecord | undefined>;
  /** It has ended: it is archived compressed, and hot no more. */
  finish(session: SessionRecord, endedAtMs: number): Promise<void>;
  /** Saves what still waits. */
  flush(): Promise<void>;
}

export interface SessionsParts {
  readonly sessions: SessionStore;
  readonly hotSessions: HotSessions;
  readonly clock: Clock;
  readonly log: Log;
}

export function createSessions({
  sessions: store,
  hotSessions: hot,
  clock,
  log,
}: SessionsParts): KeptSessions {
  /** When each was last written whole by this process. */
  const wholeAtMs = new Map<string, number>();
  const unsaved = new Map<string, () => Promise<SessionRecord>>();
  let callOff: (() => void) | undefined;

  const warm = async (session: SessionRecord): Promise<void> => {
    // The database has it, or will: a hot store out of reach costs time only.
    await hot.set(session).catch((err: unknown) => {
      log.warn({ err, sessionId: session.sessionId }, 'A session could not be kept hot.');
    });
  };

  const save = async (session: SessionRecord, durability: 'powerSafe' | 'killSafe'): Promise<void> => {
    const { sessionId } = session;
    const nowMs = clock.now();
    const isDue = nowMs - (wholeAtMs.get(sessionId) ?? Number.NEGATIVE_INFINITY) >= SNAPSHOT_EVERY_MS;
    const part: SavedPart = isDue ? 'whole' : 'step';
    await store.save(session, part, durability);
    if (isDue) wholeAtMs.set(sessionId, nowMs);
  };

  const flush = async (): Promise<void> => {
    callOff?.();
    callOff = undefined;
    const changed = [...unsaved.values()];
    unsaved.clear();
    for (const current of changed) {
      const session = await current();
      await warm(session);
      await save(session, 'killSafe');
    }
  };

  return {
    saveState: async (session) => {
      unsaved.delete(session.sessionId);
      await warm(session);
      await save(session, 'powerSafe');
    },
    saveSoon: (sessionId, current) => {
      unsaved.set(sessionId, current);
      callOff ??= clock.at(
        clock.now() + SAVE_AFTER_MS,
        () => {
          callOff = undefined;
          flush().catch((err: unknown) => log.warn({ err }, 'Sessions could not be saved.'));
        },
        false,
      );
    },
    recoverSession: async (sessionId) => {
      const found = await hot.get(sessionId).catch((err: unknown) => {
        log.warn({ err, sessionId }, 'The hot sessions could not be asked.');
        return undefined;
      });
      if (found !== undefined) return found;
      const loaded = await store.load(sessionId);
      if (loaded === undefined) return store.archived(sessionId);
      await warm(loaded);
      return loaded;
    },
    finish: async (session, endedAtMs) => {
      const { sessionId } = session;
      unsaved.delete(sessionId);
      wholeAtMs.delete(sessionId);
      await store.archive(session, endedAtMs);
      await hot.remove(sessionId).catch((err: unknown) => {
        log.warn({ err, sessionId }, 'A session that ended is still hot.');
      });
    },
    flush,
  };
}
