import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import { readRegularFile } from '../../core/files/regular-file.ts';
import { largestImportFileBytes } from '../../core/text/tab-delimited.ts';

/**
 * Hands on a tab-delimited import file whose audio files are named as Wwise sees them: the file itself where they are so
 * already, else a copy beside it, which Wwise sees too, for as long as `use` takes. Rejects with FILE_UNREADABLE when the
 * copy cannot be written.
 */
export function withTranslatedImportFile<T>(
  filePath: string,
  toWwise: (path: string) => string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  return withOtherAudioFiles(filePath, (path) => (path.startsWith('/') ? toWwise(path) : path), use);
}

/** The same with any other names for the audio files; `rename` gets each as the file names it. */
export async function withOtherAudioFiles<T>(
  filePath: string,
  rename: (path: string) => string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  // One that is not seen from here was written for Wwise.
  if (!existsSync(filePath)) return use(filePath);
  const { text, encode } = decoded(readRegularFile(filePath, largestImportFileBytes));
  const fresh = renamedRows(text, rename);
  if (fresh === text) return use(filePath);
  const copy = join(dirname(filePath), `.wwiseflow-${randomUUID()}.txt`);
  try {
    await writeFile(copy, encode(fresh), { flag: 'wx' });
  } catch (cause) {
    throw new WwiseFlowError(
      'FILE_UNREADABLE',
      `"${filePath}" names audio files that Wwise does not take so, and a copy with other names cannot be written beside it.`,
      {
        hint: 'Make the folder writable, or name WAVE files, as Wwise sees them.',
        details: { filePath },
        cause,
      },
    );
  }
  try {
    return await use(copy);
  } finally {
    await rm(copy, { force: true });
  }
}

/** Replaces the cells of the column "Audio File"; everything else stays as it was written. */
function renamedRows(text: string, rename: (path: string) => string): string {
  const lines = text.split('\n');
  const titles = (lines[0] ?? '').split('\t').map((title) => title.replace(/[\s"_-]/g, '').toLowerCase());
  const at = titles.indexOf('audiofile');
  if (at < 0) return text;
  const rows = lines.slice(1).map((line) => {
    const cells = line.split('\t');
    const cell = cells[at];
    // A quoted note may run over several lines: what is not renamed stays as it was written.
    const [, before = '', path = '', after = ''] = /^(\s*"?\s*)(.*?)(\s*"?\s*)$/s.exec(cell ?? '') ?? [];
    const renamed = path === '' ? path : rename(path);
    if (renamed === path) return line;
    cells[at] = before + renamed + after;
    return cells.join('\t');
  });
  return [lines[0], ...rows].join('\n');
}

/** Spreadsheets save "Unicode text" as UTF-16 with a mark at the start. */
function decoded(bytes: Buffer): { text: string; encode: (text: string) => Buffer } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: bytes.toString('utf16le'), encode: (text) => Buffer.from(text, 'utf16le') };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const swapped = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
    return { text: swapped.toString('utf16le'), encode: (text) => Buffer.from(text, 'utf16le').swap16() };
  }
  return { text: bytes.toString('utf8'), encode: (text) => Buffer.from(text, 'utf8') };
}
