import { type StructuredPatch, type StructuredPatchHunk, structuredPatch } from 'diff';

export interface UnifiedDiff {
  readonly added: number;
  readonly removed: number;
  /** The hunks, each with its `@@` line; no file header. */
  readonly hunks: readonly string[];
}

/**
 * The line diff of two texts, as `diff -u` writes it, each taken to end with a line break. Always a correct patch; where the
 * texts differ in very many lines it is not the shortest one. Large texts are compared edit by edit, others served in between.
 */
export async function unifiedDiff(before: string | null, after: string | null): Promise<UnifiedDiff> {
  const [old, now] = [endedText(before), endedText(after)];
  const isLarge = old.length + now.length > LARGE_TEXTS;
  const found = await (isLarge ? patchInTurns(old, now) : structuredPatch('', '', old, now, '', '', limits));
  const hunks = found?.hunks ?? [replacement(linesOf(old), linesOf(now))];
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return {
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
    hunks: hunks.map(showHunk),
  };
}

/** The library waits a millisecond before each edit: for small texts that takes longer than all the work. */
function patchInTurns(old: string, now: string): Promise<StructuredPatch | undefined> {
  return new Promise((resolve) => {
    structuredPatch('', '', old, now, '', '', { ...limits, callback: resolve });
  });
}

/** Characters of both texts; smaller ones are compared within a few turns' time at most. */
const LARGE_TEXTS = 500_000;

/** Lines of context around a change. */
const CONTEXT_LINES = 3;

/** Edits beyond which the shortest diff is not looked for: it takes the square of them in time. */
const MAX_EDITS = 2_000;

const limits = { context: CONTEXT_LINES, maxEditLength: MAX_EDITS };

function endedText(text: string | null): string {
  return text === null || text === '' || text.endsWith('\n') ? (text ?? '') : `${text}\n`;
}

function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

/** One hunk for all between the first and the last line that differ. */
function replacement(old: readonly string[], now: readonly string[]): StructuredPatchHunk {
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start++;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const before = Math.max(0, start - CONTEXT_LINES);
  const behind = Math.max(0, end - CONTEXT_LINES);
  const marked = (lines: readonly string[], mark: string) => lines.map((line) => mark + line);
  return {
    oldStart: before + 1,
    oldLines: old.length - behind - before,
    newStart: before + 1,
    newLines: now.length - behind - before,
    lines: [
      ...marked(old.slice(before, start), ' '),
      ...marked(old.slice(start, old.length - end), '-'),
      ...marked(now.slice(start, now.length - end), '+'),
      ...marked(old.slice(old.length - end, old.length - behind), ' '),
    ],
  };
}

function showHunk({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk): string {
  const head = `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`;
  return [head, ...lines].join('\n');
}

/** An empty range starts at the line before it. */
function range(start: number, length: number): string {
  return length === 0 ? `${start - 1},0` : `${start},${length}`;
}
