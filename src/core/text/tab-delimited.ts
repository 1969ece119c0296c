import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { piecesInTurns } from './pieces-in-turns.ts';

export interface TabRow {
  readonly record: readonly string[];
  /** Where the row starts, counted from 1. */
  readonly line: number;
}

/**
 * A tab-delimited import file is a text of people, of at most so many bytes: room for fifty thousand rows. Beyond this one is something
 * else, and several look at it one after the other.
 */
export const largestImportFileBytes = 16 * 1024 * 1024;

/**
 * The rows of a tab-delimited file with quotes as spreadsheets write them; empty ones are left out. UTF-8, or UTF-16 by
 * its mark. Rejects with what the parser throws for a file with an open quote. Others get their turn meanwhile.
 */
export async function tabRows(bytes: Buffer): Promise<readonly TabRow[]> {
  const rows: TabRow[] = [];
  const parser = parse({
    delimiter: '\t',
    // A quote in the middle of a cell is a character like any other: notes are full of them.
    relax_quotes: true,
    // Programs that write such files end rows, and sometimes the headers, with a tab.
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    on_record(record: readonly string[], { lines }) {
      // `lines` is where the record ends; a quoted note may have line breaks of its own.
      const breaks = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
      rows.push({ record, line: lines - breaks });
      return null;
    },
  });
  await pipeline(Readable.from(piecesInTurns(decodedText(bytes))), parser, nowhere());
  return rows;
}

function nowhere(): Writable {
  return new Writable({ objectMode: true, write: (_chunk, _encoding, done) => done() });
}

/** Headers are written with and without blanks and hyphens: `OriginalsSubFolder`, `Originals Sub-folder`. */
export function plainHeader(header: string): string {
  return header.toLowerCase().replaceAll(/[\s_-]/g, '');
}

/**
 * The text of a file: UTF-8, or UTF-16 by its mark, as spreadsheets save "Unicode text". Throws Error with one plain sentence
 * for any other encoding, such as Windows-1252 ("ANSI"): which of its letters another one means cannot be known.
 */
export function decodedText(bytes: Buffer): string {
  const encoding = encodingOf(bytes);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    if (encoding === 'utf-8') throw new Error(`${foreignByte(bytes)} ${howToSave}`);
    throw new Error(`it begins as UTF-16 and is none: a character in it is cut in two. ${howToSave}`);
  }
  throw new Error(`it holds characters of value 0, as UTF-16 without its mark does. ${howToSave}`);
}

const howToSave = 'Save it as UTF-8, or as "Unicode text" (UTF-16 with its mark)';

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** Where the first byte stands that no UTF-8 has there, to be found in an editor. */
function foreignByte(bytes: Buffer): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  // A replacement character may stand in the file itself; the first that is not written there is the one.
  let at = 0;
  for (const letter of text) {
    const written = Buffer.from(letter, 'utf8');
    if (!bytes.subarray(at, at + written.length).equals(written)) break;
    at += written.length;
  }
  const line = bytes
    .subarray(0, at)
    .toString('latin1')
    .split(/\r\n|\r|\n/).length;
  const value = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return `it is not UTF-8 (byte 0x${value} in line ${line}), but perhaps Windows-1252 ("ANSI").`;
}
