/** Hears what a program writes, and knows how far it is. */
export interface ProgramWatch {
  hear(text: string): void;
  /** What it said last of how far it is. */
  last(): string | undefined;
}

/** Nobody reads faster, and some programs write a line per frame. In milliseconds. */
const MOST_OFTEN_MS = 500;

/** `mark`: what stands before how far it is, as "time=". Without one nothing is reported. */
export function watchProgram(mark: string | undefined, report: (text: string) => void): ProgramWatch {
  let far: string | undefined;
  let reportedAt = Number.NEGATIVE_INFINITY;
  return {
    hear: (text) => {
      const found = mark === undefined ? undefined : lastOf(text, mark);
      if (found === undefined || found === far) return;
      far = found;
      const now = performance.now();
      if (now - reportedAt < MOST_OFTEN_MS) return;
      reportedAt = now;
      report(`${mark}${found}`);
    },
    last: () => far,
  };
}

/** What follows the mark where it stands last, up to the next space. */
function lastOf(text: string, mark: string): string | undefined {
  const at = text.lastIndexOf(mark);
  return at < 0 ? undefined : /^\s*(\S{1,100})/.exec(text.slice(at + mark.length))?.[1];
}
