import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { structuredPatch } from 'diff';
import pc from 'picocolors';
import { clip, line, width } from './screen.ts';

interface FileOnDisk {
  readonly sha256: string;
  readonly bytes: Buffer;
}

/** Every file below a folder, by its path relative to it. */
export function readFiles(folder: string): ReadonlyMap<string, FileOnDisk> {
  const files = new Map<string, FileOnDisk>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    const name = path
      .slice(folder.length + 1)
      .split(sep)
      .join('/');
    files.set(name, { sha256: createHash('sha256').update(bytes).digest('hex'), bytes });
  }
  return files;
}

/** Paths that appeared, vanished or have another content. */
export function changedFiles(
  before: ReadonlyMap<string, FileOnDisk>,
  after: ReadonlyMap<string, FileOnDisk>,
): string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name)?.sha256 !== after.get(name)?.sha256)
    .sort();
}

/** Draws the changed hunks of text files and the names of new ones. */
export function drawDiff(
  before: ReadonlyMap<string, FileOnDisk>,
  after: ReadonlyMap<string, FileOnDisk>,
): void {
  for (const name of changedFiles(before, after)) {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === undefined && is !== undefined) {
      line(`  ${pc.green(`new  ${name}`)} ${pc.dim(kibibytes(is))}`);
    } else if (was !== undefined && is !== undefined && isBinary(is)) {
      line(`  ${pc.yellow(`new content  ${name}`)} ${pc.dim(`${kibibytes(was)} → ${kibibytes(is)}`)}`);
    } else if (was !== undefined && is !== undefined) {
      line(`  ${pc.bold(name)}`);
      drawHunks(was.bytes.toString('utf8'), is.bytes.toString('utf8'));
    } else line(`  ${pc.red(`gone ${name}`)}`);
  }
  const same = [...after.keys()].filter(
    (name) => before.get(name)?.sha256 === after.get(name)?.sha256,
  ).length;
  line(`  ${pc.dim(`${same} other files: untouched, byte for byte.`)}`);
}

function isBinary(file: FileOnDisk): boolean {
  return file.bytes.includes(0);
}

function kibibytes(file: FileOnDisk): string {
  return `${(file.bytes.length / 1024).toFixed(1)} KiB`;
}

function drawHunks(was: string, is: string): void {
  const { hunks } = structuredPatch('', '', was, is, '', '', { context: 2 });
  for (const hunk of hunks) {
    line(pc.cyan(`  @@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`));
    const margin = Math.min(...hunk.lines.map((text) => /^\t*/.exec(text.slice(1))?.[0].length ?? 0));
    for (const text of hunk.lines) line(`  ${colourLine(text[0] ?? ' ', shorten(text.slice(1 + margin)))}`);
  }
}

function colourLine(mark: string, text: string): string {
  if (mark === '+') return pc.green(`+ ${text}`);
  if (mark === '-') return pc.red(`- ${text}`);
  return pc.dim(`  ${text}`);
}

/** Tabs as two spaces and GUIDs by their first group, so that a line fits. */
function shorten(text: string): string {
  const plain = text.replaceAll('\t', '  ').replace(/\{([0-9A-F]{8})-[0-9A-F-]{27}\}/g, '{$1…}');
  return clip(plain, width - 4);
}
