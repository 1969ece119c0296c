import { createRequire } from 'node:module';
import type { Logger } from 'pino';
import { withoutCredentials } from './secrets/without-credentials.ts';
import { logText } from './text/log-text.ts';
import { type LogStream, unwaitedLines } from './text/unwaited-lines.ts';
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
export function createLog(level: LogLevel, stderr: LogStream, look: 'json' | 'text' = 'json'): Log {
  let opened: Logger | undefined;
  const writer = (of: keyof Log): WriteLine => {
    if (levels.indexOf(of) < levels.indexOf(level)) return () => undefined;
    return (first: string | object, line?: string) => {
      opened ??= openLog(level, stderr, look);
      if (typeof first === 'string') opened[of](first);
      else opened[of](first, line);
    };
  };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
}

/** Least first. */
const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** A log that drops everything, for callers that have none. */
export const silentLog: Log = Object.freeze({
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
});

/**
 * Credentials are taken out here. JSON leaves control characters of the second kind and marks of direction as they are: they are escaped before a terminal
 * may get them. Required, because an import could only be waited for.
 */
function openLog(level: LogLevel, stderr: LogStream, look: 'json' | 'text'): Logger {
  const { pino }: typeof import('pino') = createRequire(import.meta.url)('pino');
  const inLook = (line: string): string => (look === 'json' ? line : logText(line));
  const write = unwaitedLines(stderr, (dropped) => {
    const msg = 'lines of the log were dropped, because nobody read them';
    return inLook(`${JSON.stringify({ level: 40, time: Date.now(), dropped, msg })}\n`);
  });
  return pino(
    { level, base: null },
    { write: (line) => write(visibleLines(withoutCredentials(inLook(line)))) },
  );
}
