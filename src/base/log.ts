import { destination, type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** A structured log on stderr: stdout belongs to the protocol. */
export function createLog(level: LogLevel): Log {
  return pino({ level, base: null }, destination({ fd: 2, sync: true }));
}

/** A log that drops everything, for callers that have none. */
export const silentLog: Log = pino({ level: 'silent' });
