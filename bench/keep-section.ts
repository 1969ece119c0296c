import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const results = fileURLToPath(new URL('RESULTS.md', import.meta.url));

/** Keeps the lines in RESULTS.md between the markers of that name, in the position of those that were there, else at its end. */
export function keepSection(name: string, lines: readonly string[]): void {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const text = read();
  const section = [begin, ...lines, end].join('\n');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  const isNew = from < 0 || to < from;
  writeFileSync(
    results,
    isNew
      ? `${text.trimEnd()}\n\n${section}\n`.trimStart()
      : `${text.slice(0, from)}${section}${text.slice(to + end.length)}`,
  );
}

function read(): string {
  try {
    return readFileSync(results, 'utf8');
  } catch {
    return '# Results\n\nWritten by `npm run bench`.\n';
  }
}
