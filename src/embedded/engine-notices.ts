import type { JsonObject } from '../core/json.ts';
import { createKeptElsewhere } from './kept-elsewhere.ts';
import type { ProjectModel } from './model/model.ts';

/** What happened to the project that no call asked for, for each session to take once. */
export interface EngineNotices {
  /** For every session that has not got it yet; before there is one, for the first. */
  say(notice: string): void;
  /** From now on it is over when the project is opened anew. */
  letStand(notice: string): void;
  /** Drops what stood and no session has taken yet. */
  withdrawStanding(): void;
  /** Those of a new session. */
  join(): SessionNotices;
}

export interface SessionNotices {
  /** For this session alone, unless it has it. */
  say(notice: string): void;
  /**
   * Whether nothing happened that it has not taken; what its own calls left undone does not count. A client that reads no
   * notices has the events and the log; its next call counts as one that knows.
   */
  hasSeenAll(): boolean;
  /** A call of this session was answered. */
  answered(uri: string, args: JsonObject, model: ProjectModel | undefined): void;
  take(): readonly string[];
  /** The session ended. */
  leave(): void;
}

export function createEngineNotices(): EngineNotices {
  const joined = new Set<string[]>();
  /** For the first session there is. */
  const first: string[] = [];
  const standing = new Set<string>();
  return {
    say(notice) {
      if (joined.size === 0) first.push(notice);
      for (const notices of joined) if (!notices.includes(notice)) notices.push(notice);
    },
    letStand: (notice) => standing.add(notice),
    withdrawStanding() {
      for (const notices of [first, ...joined])
        notices.splice(0, notices.length, ...notices.filter((notice) => !standing.has(notice)));
      standing.clear();
    },
    join() {
      const notices = first.splice(0);
      joined.add(notices);
      const keptElsewhere = createKeptElsewhere();
      let isTaking = false;
      return {
        say(notice) {
          if (!notices.includes(notice)) notices.push(notice);
        },
        hasSeenAll: () => !isTaking || notices.length === 0,
        answered(uri, args, model) {
          if (isTaking && model !== undefined) keptElsewhere.note(uri, args, model);
        },
        take() {
          isTaking = true;
          return [...notices.splice(0), ...keptElsewhere.take()];
        },
        leave: () => joined.delete(notices),
      };
    },
  };
}

/** Of a read that passed a change of another client. */
export const readMeanwhile =
  'This was read while a change of another client was under way, which has taken long already: the answer may show a part of it. Ask again for the whole.';
