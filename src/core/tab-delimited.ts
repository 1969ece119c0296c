import { parse } from 'csv-parse/sync';

export interface TabRow {
  readonly record: readonly string[];
  /** Where the row starts, counted from 1. */
  readonly line: number;
}

/**
 * The rows of a tab-delimited file with quotes as spreadsheets write them; empty ones are left out. UTF-8, or UTF-16 by
 * its mark. Throws what the parser throws for a file with an open quote.
 */
export function tabRows(bytes: Buffer): readonly TabRow[] {
  const rows: TabRow[] = [];
  parse(decodedText(bytes), {
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
  return rows;
}

/** Headers are written with and without blanks and hyphens: `OriginalsSubFolder`, `Originals Sub-folder`. */
export function plainHeader(header: string): string {
  return header.toLowerCase().replaceAll(/[\s_-]/g, '');
}

/** Spreadsheets save "Unicode text" as UTF-16 with a mark at the start. */
export function decodedText(bytes: Buffer): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
