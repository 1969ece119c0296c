import { diffArrays } from 'diff';

export interface UnifiedDiff {
  readonly added: number;
  readonly removed: number;
  /** The hunks, each with its `@@` line; no file header. */
  readonly hunks: readonly string[];
}

/**
 * The line diff of two texts, as `diff -u` writes it. Always a correct patch; where the texts differ in very many places it
 * is not the shortest one.
 */
export function unifiedDiff(before: string | null, after: string | null): UnifiedDiff {
  const [old, now] = [linesOf(before), linesOf(after)];
  const lines = diffLines(old, now);
  return {
    added: lines.filter(({ mark }) => mark === '+').length,
    removed: lines.filter(({ mark }) => mark === '-').length,
    hunks: hunksOf(lines),
  };
}

/** Lines of context around a change. */
const CONTEXT_LINES = 3;

/** Edits beyond which the shortest diff is not looked for: it takes the square of them in time. */
const MAX_EDITS = 2_000;

interface Line {
  readonly mark: ' ' | '+' | '-';
  readonly text: string;
}

function linesOf(text: string | null): string[] {
  if (text === null || text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function diffLines(old: readonly string[], now: readonly string[]): Line[] {
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start++;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const context = (lines: readonly string[]): Line[] => lines.map((text) => ({ mark: ' ', text }));
  return [
    ...context(old.slice(0, start)),
    ...diffMiddle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...context(old.slice(old.length - end)),
  ];
}

function diffMiddle(old: string[], now: string[]): Line[] {
  const lines = (texts: readonly string[], mark: Line['mark']): Line[] =>
    texts.map((text) => ({ mark, text }));
  const found =
    old.length === 0 || now.length === 0 ? undefined : diffArrays(old, now, { maxEditLength: MAX_EDITS });
  if (found === undefined) return [...lines(old, '-'), ...lines(now, '+')];
  return found.flatMap(({ added, removed, value }) => lines(value, added ? '+' : removed ? '-' : ' '));
}

function hunksOf(lines: readonly Line[]): string[] {
  const hunks: string[] = [];
  let [oldAt, nowAt, from] = [1, 1, 0];
  for (const { start, end } of changedStretches(lines)) {
    for (; from < start; from++) {
      if (lines[from]?.mark !== '+') oldAt++;
      if (lines[from]?.mark !== '-') nowAt++;
    }
    const hunk = lines.slice(start, end);
    const oldLength = hunk.filter(({ mark }) => mark !== '+').length;
    const nowLength = hunk.filter(({ mark }) => mark !== '-').length;
    const head = `@@ -${range(oldAt, oldLength)} +${range(nowAt, nowLength)} @@`;
    hunks.push([head, ...hunk.map(({ mark, text }) => `${mark}${text}`)].join('\n'));
  }
  return hunks;
}

/** Stretches of changed lines with their context; those that would touch are one. */
function changedStretches(lines: readonly Line[]): { start: number; end: number }[] {
  const stretches: { start: number; end: number }[] = [];
  for (const [at, { mark }] of lines.entries()) {
    if (mark === ' ') continue;
    const start = Math.max(0, at - CONTEXT_LINES);
    const end = Math.min(lines.length, at + CONTEXT_LINES + 1);
    const last = stretches.at(-1);
    if (last !== undefined && start <= last.end) last.end = end;
    else stretches.push({ start, end });
  }
  return stretches;
}

/** An empty range starts at the line before it. */
function range(start: number, length: number): string {
  return length === 0 ? `${start - 1},0` : `${start},${length}`;
}
