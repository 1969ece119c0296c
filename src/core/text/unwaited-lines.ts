/** What a log is written to: stderr. */
export interface LogStream {
  readonly writableLength: number;
  write(text: string): unknown;
}

/**
 * Writes lines and waits for nobody who should read them: many clients never read stderr, and in a pipe that is full a line
 * that is waited for would hold up the whole process, its end included. What is left unread beyond a bound is dropped;
 * `toldOf` words the line that says so once lines are read again.
 */
export function unwaitedLines(
  stream: LogStream,
  toldOf: (dropped: number) => string,
): (line: string) => void {
  let dropped = 0;
  return (line) => {
    if (stream.writableLength > mostUnreadBytes) {
      dropped += 1;
      return;
    }
    if (dropped > 0) stream.write(toldOf(dropped));
    dropped = 0;
    stream.write(line);
  };
}

const mostUnreadBytes = 1_000_000;
