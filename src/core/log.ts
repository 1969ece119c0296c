import { createRequire } from 'node:module';
import type { Logger } from 'pino';
import { withoutCredentials } from './secrets/without-credentials.ts';
import { logText } from './text/log-text.ts';
import { visibleLines } from './text/visible-text.ts';

export interface Log {
  readonly debug: WriteLine;
  readonly info: WriteLine;
  readonly warn: WriteLine;
  readonly error: WriteLine;
}

/** A line, or facts and the line about them. */
export type WriteLine = ((line: string) => void) & ((facts: object, line: string) => void);

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * A structured log on stderr: stdout belongs to the protocol. The library behind it is loaded by the first line that is
 * written: most starts write none, and a client waits for the first answer.
 * @param look JSON for programs, text for the person at a terminal
 */
export function createLog(level: LogLevel, look: 'json' | 'text' = 'json'): Log {
  let opened: Logger | undefined;
  const writer = (of: keyof Log): WriteLine => {
    if (levels.indexOf(of) < levels.indexOf(level)) return () => undefined;
    return (first: string | object, line?: string) => {
      opened ??= openLog(level, look);
      if (typeof first === 'string') opened[of](first);
      else opened[of](first, line);
    };
  };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
}

/** Least first. */
const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** A log that drops everything, for callers that have none. */
export const silentLog: Log = createLog('silent');

/**
 * Credentials are taken out here. JSON leaves control characters of the second kind and marks of direction as they are: they are escaped before a terminal
 * may get them. Required, because a line must be written before the caller goes on, and an import could only be
 * waited for.
 */
function openLog(level: LogLevel, look: 'json' | 'text'): Logger {
  const { destination, pino }: typeof import('pino') = createRequire(import.meta.url)('pino');
  const stderr = destination({ fd: 2, sync: true });
  return pino(
    { level, base: null },
    {
      write: (line) => stderr.write(visibleLines(withoutCredentials(look === 'json' ? line : logText(line)))),
    },
  );
}
