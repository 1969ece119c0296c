import { createHash } from 'node:crypto';

/**
 * A name for a folder, the same for the same text, that Windows and macOS take and distinguish too: they do not look at case,
 * and Windows keeps some names to itself. Texts of small letters, digits, `_` and `-` stay as they are.
 */
export function folderName(text: string): string {
  if (/^[a-z0-9_-]{1,64}$/.test(text) && !reserved.test(text)) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return `${fileNamePart(text).toLowerCase()}.${hash}`;
}

/** A part of a file name that reminds of a text; it may stand for several. */
export function fileNamePart(text: string): string {
  // Not at the end: Windows takes dots and spaces off there.
  return text
    .replaceAll(/[^A-Za-z0-9_.-]/g, '_')
    .slice(0, 60)
    .replace(/\.+$/, '_');
}

/** Names of devices on Windows. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/;
