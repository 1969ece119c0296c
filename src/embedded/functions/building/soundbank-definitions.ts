import { readRegularFile } from '../../../core/files/regular-file.ts';
import { decodedText } from '../../../core/text/tab-delimited.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

/** One line of a SoundBank definition file. `position` is `file.txt:12`, for messages. */
export type DefinitionLine = DefinitionInclusion | Exclusion | Unreadable;

/** A bank, what goes into it, and how much of it. */
export interface DefinitionInclusion {
  readonly kind: 'inclusion';
  readonly bank: string;
  readonly type: string;
  /** A name, a GUID in braces or a short id. */
  readonly designator: string;
  /** Bits: 1 events, 2 structures, 4 media; all when the line names none. */
  readonly filter: number;
  readonly position: string;
}

/** A State, Switch or Trigger that the bank shall do without. */
export interface Exclusion {
  readonly kind: 'exclusion';
  readonly bank: string;
  readonly type: string;
  /** State Group and State, Switch Group and Switch, or the Trigger alone. */
  readonly names: readonly string[];
  readonly position: string;
}

export interface Unreadable {
  readonly kind: 'unreadable';
  readonly problem: string;
  readonly position: string;
}

/**
 * Reads a tab-delimited definition file. A line is the bank, the Event (or a keyword such as -AuxBus and a name), then any
 * of Event, Structure, Media; or the bank, -GameSyncExclusion and a game sync. Throws ak.wwise.file_error.
 */
export function readDefinitions(filePath: string): readonly DefinitionLine[] {
  let text: string;
  try {
    text = decodedText(readRegularFile(filePath, largestBytes));
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw waapiErrors.fileError(`The definition file cannot be read: ${reason}`, { filePath });
  }
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, at) => (line.trim() === '' ? [] : [readLine(line, `${filePath}:${at + 1}`)]));
}

/** Definition files are texts of people or scripts; beyond this one is something else. */
const largestBytes = 64 * 1024 * 1024;

function readLine(line: string, position: string): DefinitionLine {
  const unreadable = (problem: string): Unreadable => ({ kind: 'unreadable', problem, position });
  const [first = '', second = '', ...rest] = line.split('\t').map((cell) => cell.trim());
  const bank = unquoted(first);
  const keyword = second.startsWith('-') ? second.toLowerCase() : undefined;
  if (keyword === '-gamesyncexclusion') return exclusionOf(bank, rest, position) ?? unreadable(exclusionForm);
  const type = keyword === undefined ? 'Event' : typeOfKeyword[keyword];
  if (type === undefined) {
    const known = [...Object.keys(typeOfKeyword), '-gamesyncexclusion'].join(', ');
    return unreadable(`There is no keyword ${second}; a definition file takes ${known}.`);
  }
  const designator = unquoted(keyword === undefined ? second : (rest.shift() ?? ''));
  if (bank === '' || designator === '')
    return unreadable('A line names a SoundBank and, after a tab, an Event.');
  const words = rest.filter((word) => word !== '').map((word) => word.toLowerCase());
  const unknown = words.find((word) => bitOfWord[word] === undefined);
  if (unknown !== undefined) return unreadable(`"${unknown}" is none of Event, Structure and Media.`);
  const filter = words.reduce((sum, word) => sum | (bitOfWord[word] ?? 0), 0);
  return { kind: 'inclusion', bank, type, designator, filter: filter === 0 ? 7 : filter, position };
}

function exclusionOf(bank: string, cells: readonly string[], position: string): Exclusion | undefined {
  const [word = '', ...names] = cells.filter((cell) => cell !== '').map(unquoted);
  const type = gameSyncs[word.toLowerCase()];
  if (bank === '' || type === undefined || names.length !== (type === 'Trigger' ? 1 : 2)) return undefined;
  return { kind: 'exclusion', bank, type, names, position };
}

const exclusionForm =
  'After -GameSyncExclusion come State, its State Group and its name; or Switch, its Switch Group and its name; or Trigger and its name.';

function unquoted(cell: string): string {
  return cell.replace(/^"(.*)"$/, '$1');
}

const typeOfKeyword: Readonly<Record<string, string>> = {
  '-dialogueevent': 'DialogueEvent',
  '-auxbus': 'AuxBus',
  '-effectshareset': 'Effect',
};

const gameSyncs: Readonly<Record<string, string>> = { state: 'State', switch: 'Switch', trigger: 'Trigger' };

const bitOfWord: Readonly<Record<string, number>> = { event: 1, structure: 2, media: 4 };
