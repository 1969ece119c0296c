import { WwuParseProblem } from './parse-problem.ts';

/**
 * The text of a project file, byte order mark included. Every file Wwise wrote is UTF-8 (measured on 1,348 files); what is
 * not is refused with the name of its encoding rather than read, because it would have to be written back as it was. Throws
 * WwuParseProblem, which says where the first wrong byte is and what to do.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined) throw refused(1, 1, `the file is ${utf16}, not UTF-8`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw notUtf8(bytes);
  }
}

/** By its byte order mark, or by the zero that stands beside the first letter. */
function utf16Of(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'UTF-16 (little-endian)';
  if (first === 0xfe && second === 0xff) return 'UTF-16 (big-endian)';
  if (first === 0x3c && second === 0) return 'UTF-16 (little-endian, without byte order mark)';
  if (first === 0 && second === 0x3c) return 'UTF-16 (big-endian, without byte order mark)';
  return undefined;
}

function notUtf8(bytes: Uint8Array): WwuParseProblem {
  const offset = firstWrongByte(bytes);
  const before = Buffer.from(bytes.buffer, bytes.byteOffset, offset).toString('utf8');
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  const byte = `0x${(bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
  const declared = /^\uFEFF?<\?xml[^>]*\sencoding=["']([^"']+)["']/.exec(before)?.[1];
  const isDeclared = declared !== undefined && !/^utf-?8$/i.test(declared);
  const likely = isDeclared ? `it says it is ${declared}` : 'probably Windows-1252 (Latin-1)';
  return refused(line, column, `the file is not UTF-8 text: byte ${byte}; ${likely}`);
}

/** Where decoding fails: everything before is UTF-8. Found by halving, so that the decoder itself decides. */
function firstWrongByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isPrefix(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return startOfLetter(bytes, good);
}

/** Whether the bytes are UTF-8 that may go on, even in the middle of a letter. */
function isPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** A letter that is cut off is wrong from its first byte on. */
function startOfLetter(bytes: Uint8Array, end: number): number {
  let at = end;
  while (at > 0 && end - at < 3 && ((bytes[at - 1] ?? 0) & 0xc0) === 0x80) at--;
  const lead = bytes[at - 1] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return at > 0 && length > 1 && at - 1 + length > end ? at - 1 : end;
}

function refused(line: number, column: number, problem: string): WwuParseProblem {
  const advice = 'Save it again as UTF-8 (and encoding="utf-8"), or restore it from version control';
  return new WwuParseProblem(`${problem}. ${advice}; it was left untouched`, line, column);
}
