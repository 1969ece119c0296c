import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import { checkedPath, type PathRules } from '../../core/files/checked-path.ts';
import { readRegularFile } from '../../core/files/regular-file.ts';
import { decodedText, largestImportFileBytes, plainHeader, tabRows } from '../../core/text/tab-delimited.ts';
import { flatMapInTurns, isTurnLong, nextTurn } from '../../core/turns/turns.ts';
import { checkInsideOriginals } from './originals-paths.ts';

/**
 * Checks the files that a tab-delimited import file names; relative ones count from its folder. A file that does not exist
 * passes: Wwise says so. Rejects with PATH_NOT_ALLOWED, or FILE_UNREADABLE when its rows cannot be seen from here.
 */
export async function checkImportRows(filePath: string, isSeen: boolean, rules: PathRules): Promise<void> {
  const bytes = contentOf(filePath, isSeen);
  if (bytes === undefined) return;
  // Wwise may read the quotes otherwise: both readings must pass.
  let line = 0;
  const plain = await flatMapInTurns(textOf(filePath, bytes).split(/\r\n|\r|\n/), (text) => {
    line += 1;
    return [{ record: text.split('\t').map(unquoted), line }];
  });
  for (const [head, ...body] of [await quotedRows(bytes), plain]) {
    const columns = (head?.record ?? []).flatMap((header, index) => {
      const title = plainHeader(header);
      return titlesOfPaths.has(title) ? [{ title, index }] : [];
    });
    for (const { record, line } of body) {
      if (isTurnLong()) await nextTurn();
      for (const { title, index } of columns)
        await checkCell(title, (record[index] ?? '').trim(), { filePath, line, rules });
    }
  }
}

/** Checks the files that a .wsources list names, and that its outputs stay below the output folder. Rejects likewise. */
export async function checkExternalSources(
  filePath: string,
  isSeen: boolean,
  rules: PathRules,
): Promise<void> {
  const bytes = contentOf(filePath, isSeen);
  if (bytes === undefined) return;
  const text = textOf(filePath, bytes);
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw unclear(filePath, 'it has a document type');
  let root = dirname(filePath);
  for (const { name, attributes } of tagsIn(text, filePath)) {
    if (isTurnLong()) await nextTurn();
    const values = attributesOf(attributes, filePath);
    const given = values.get('Root');
    if (name === 'ExternalSourcesList' && given !== undefined)
      root = (await checkedPath(given, 'read', rules, dirname(filePath))).path;
    const path = values.get('Path');
    if (path !== undefined) await checkedPath(path, 'read', rules, root);
    const destination = values.get('Destination');
    if (destination !== undefined) checkInsideOriginals(destination);
  }
}

/** Columns of import files whose cells are paths. */
const titlesOfPaths: ReadonlySet<string> = new Set(['audiofile', 'originalssubfolder', 'audiofilebase64']);

/** Throws FILE_UNREADABLE for a tag without an end: which parts of what follows are tags, readers may see differently. */
function* tagsIn(text: string, filePath: string): Generator<{ name: string; attributes: string }> {
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const nameEnd = firstOf(/[^A-Za-z:]/g, text, at + 1);
    if (nameEnd === at + 1) {
      at = nameEnd;
      continue;
    }
    const end = endOfAttributes(text, nameEnd);
    if (text[end] !== '>')
      throw unclear(filePath, `the tag "${text.slice(at, Math.min(nameEnd, at + 100))}" in it has no end`);
    yield { name: text.slice(at + 1, nameEnd), attributes: text.slice(nameEnd, end) };
    at = end;
  }
}

/** Where the first < or > outside of quotes is, the quote that is never closed, or the end of the text. */
function endOfAttributes(text: string, from: number): number {
  for (let at = from; ; ) {
    const found = firstOf(/[<>"']/g, text, at);
    const quote = text[found];
    if (quote !== '"' && quote !== "'") return found;
    const closed = text.indexOf(quote, found + 1);
    if (closed === -1) return found;
    at = closed + 1;
  }
}

/**
 * Where the first character of a class (with the flag g) stands, or the length of the text. To look for the end of a run takes no
 * stack; to match a run of millions does.
 */
function firstOf(characters: RegExp, text: string, from: number): number {
  characters.lastIndex = from;
  return characters.exec(text)?.index ?? text.length;
}

/** Of the inside of a tag. Throws FILE_UNREADABLE for what one reader takes for an attribute and another does not. */
function attributesOf(text: string, filePath: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (let at = firstOf(/[^\s/]/g, text, 0); at < text.length; at = firstOf(/[^\s/]/g, text, at)) {
    const nameEnd = firstOf(/[\s=<>"'/]/g, text, at);
    const name = text.slice(at, nameEnd);
    const equals = firstOf(/\S/g, text, nameEnd);
    const opening = text[equals] === '=' ? firstOf(/\S/g, text, equals + 1) : text.length;
    const quote = text[opening];
    const closed = quote === '"' || quote === "'" ? text.indexOf(quote, opening + 1) : -1;
    if (closed !== -1 && name !== '' && !values.has(name)) {
      values.set(name, withoutEntities(text.slice(opening + 1, closed)));
      at = closed + 1;
    } else if (name !== '' && text[equals] !== '=') at = nameEnd;
    else throw unclear(filePath, `the attribute "${name.slice(0, 100)}" in it cannot be read`);
  }
  return values;
}

function withoutEntities(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);/gi, (whole, body: string) => {
    if (!body.startsWith('#')) return named[body] ?? whole;
    const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1));
    return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}

interface Cell {
  readonly filePath: string;
  readonly line: number;
  readonly rules: PathRules;
}

async function checkCell(title: string, cell: string, { filePath, line, rules }: Cell): Promise<void> {
  if (cell === '') return;
  try {
    if (title === 'audiofile') await checkedPath(cell, 'read', rules, dirname(resolve(filePath)));
    else if (title === 'originalssubfolder') checkInsideOriginals(cell);
    else if (title === 'audiofilebase64') checkInsideOriginals(cell.split('|')[0] ?? '', cell);
  } catch (thrown) {
    if (!(thrown instanceof WwiseFlowError)) throw thrown;
    throw new WwiseFlowError(thrown.code, `"${filePath}", line ${line}: ${thrown.message}`, {
      hint: thrown.hint,
      details: { ...thrown.details, filePath, line },
      cause: thrown,
    });
  }
}

function textOf(filePath: string, bytes: Buffer): string {
  try {
    return decodedText(bytes);
  } catch (cause) {
    throw unclear(filePath, cause instanceof Error ? cause.message : String(cause));
  }
}

async function quotedRows(bytes: Buffer): ReturnType<typeof tabRows> {
  try {
    return await tabRows(bytes);
  } catch {
    // Whoever imports it says what is wrong with it.
    return [];
  }
}

function unquoted(cell: string): string {
  return cell.trim().replace(/^"(.*)"$/s, '$1');
}

function contentOf(filePath: string, isSeen: boolean): Buffer | undefined {
  if (!isSeen) throw unclear(filePath, 'it is not seen from this machine');
  if (!existsSync(filePath)) return undefined;
  try {
    return readRegularFile(filePath, largestImportFileBytes);
  } catch (cause) {
    throw unclear(filePath, cause instanceof Error ? cause.message : String(cause));
  }
}

function unclear(filePath: string, why: string): WwiseFlowError {
  return new WwiseFlowError(
    'FILE_UNREADABLE',
    `The files that "${filePath}" names cannot be checked: ${why}.`,
    {
      hint: 'Give a file that can be read here (--map-path makes folders of another machine known), or import the files one by one.',
      details: { filePath },
    },
  );
}
