/** Why a project file could not be read, and where. `line` and `column` count from 1. */
export class WwuParseProblem extends Error {
  readonly line: number;
  readonly column: number;

  constructor(problem: string, line: number, column: number) {
    super(`line ${line}, column ${column}: ${problem}`);
    this.name = 'WwuParseProblem';
    this.line = line;
    this.column = column;
  }
}

/**
 * The problem at an offset of the text. Git conflict markers are named as such, whatever the parser stumbled over; a line of
 * equals signs alone may be part of somebody's notes.
 */
export function parseProblem(text: string, offset: number, problem: string): WwuParseProblem {
  const conflict = /^(?:<{7}|>{7})(?: |\r?$)/m.exec(text);
  const at = conflict === null ? offset : conflict.index;
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  return new WwuParseProblem(conflict === null ? problem : conflictMarkers, line, column);
}

/** What the problem is called wherever they are found. */
export const conflictMarkers = 'git conflict markers: a merge was not finished';
