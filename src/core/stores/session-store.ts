import type { JsonObject } from '../json.ts';
import type { Durability } from './durability.ts';

/** Where a run that asks somebody stands, between two steps of its dialogue. JSON throughout. */
export interface SessionRecord {
  /** The executionId of its run. */
  readonly sessionId: string;
  /** What the run goes on from; what is in it is the runner's alone. */
  readonly state: JsonObject;
  /** The node that waits for somebody; null: none does. */
  readonly currentTask: string | null;
  /** The values that were collected, by node. */
  readonly variables: JsonObject;
  /** Milliseconds since 1970. */
  readonly lastActivityMs: number;
  /** How long it stays hot while nothing happens to it, in milliseconds. */
  readonly ttlMs: number;
}

/**
 * The sessions that somebody works with, where they are quickly found. They are copies: what is gone from here is loaded from the
 * `SessionStore`, so that losing all of them loses nothing.
 */
export interface HotSessions {
  /** Undefined where there is none, or nothing happened to it for its ttl. To get it renews that time. */
  get(sessionId: string): Promise<SessionRecord | undefined>;
  /** Keeps it for its ttl from now on. */
  set(session: SessionRecord): Promise<void>;
  remove(sessionId: string): Promise<void>;
}

/** How much of a session is saved. `step`: all but the state of one that is known; `whole`: the state too. */
export type SavedPart = 'step' | 'whole';

/** The sessions of one workspace in the database. */
export interface SessionStore {
  /** Adds or replaces it. */
  save(session: SessionRecord, part: SavedPart, durability: Durability): Promise<void>;
  load(sessionId: string): Promise<SessionRecord | undefined>;
  /** Keeps a session that has ended compressed, among the archived ones only. Power-safe. */
  archive(session: SessionRecord, endedAtMs: number): Promise<void>;
  archived(sessionId: string): Promise<SessionRecord | undefined>;
  /** Forgets sessions that were archived before this moment; gives their number. */
  forgetArchivedBefore(atMs: number): Promise<number>;
}
