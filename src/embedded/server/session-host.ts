import type { EngineSession } from '../engine.ts';

/** What a server lets its clients work on: an engine, or what leads to the process that has one. */
export interface SessionHost {
  /** `from`: address and port of the client, for the log. */
  openSession(from?: string): ClientSession;
}

/** As of the engine: rejects with WaapiError or CallAbandoned only. */
export type ClientSession = Pick<EngineSession, 'call' | 'subscribe' | 'close'>;
