import { readFileSync } from 'node:fs';
import { waapiErrors } from './waapi-errors.ts';

/** One line of a SoundBank definition file: a bank, what goes into it, and how much of it. */
export interface Definition {
  readonly bank: string;
  readonly type: string;
  /** A name, a GUID in braces or a short id. */
  readonly designator: string;
  /** Bits: 1 events, 2 structures, 4 media; all when the line names none. */
  readonly filter: number;
  /** `file.txt:12`, for messages. */
  readonly place: string;
}

/**
 * Reads a tab-delimited definition file. A line is the bank, the Event (or a keyword such as -AuxBus and a name), then any
 * of Event, Structure, Media. Throws ak.wwise.file_error or ak.wwise.invalid_arguments naming file and line.
 */
export function readDefinitions(filePath: string): readonly Definition[] {
  let text: string;
  try {
    text = readFileSync(filePath, 'utf8');
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw waapiErrors.fileError(`The definition file cannot be read: ${reason}`, { filePath });
  }
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, at) => (line.trim() === '' ? [] : [definitionOf(line, `${filePath}:${at + 1}`)]));
}

function definitionOf(line: string, place: string): Definition {
  const [bank = '', second = '', ...rest] = line.split('\t').map((cell) => cell.trim());
  const keyword = second.startsWith('-') ? second.toLowerCase() : undefined;
  const type = keyword === undefined ? 'Event' : typeOfKeyword[keyword];
  if (type === undefined) {
    const known = Object.keys(typeOfKeyword).join(', ');
    const what = keyword === '-gamesyncexclusion' ? 'This engine does not write' : 'There is no keyword';
    throw waapiErrors.invalidArguments(`${place}: ${what} ${second}; it takes ${known}.`, { place });
  }
  const name = keyword === undefined ? second : (rest.shift() ?? '');
  const designator = name.replace(/^"(.*)"$/, '$1');
  if (bank === '' || designator === '') {
    throw waapiErrors.invalidArguments(`${place}: a line names a SoundBank and, after a tab, an Event.`, {
      place,
    });
  }
  const words = rest.filter((word) => word !== '').map((word) => word.toLowerCase());
  const unknown = words.find((word) => bitOfWord[word] === undefined);
  if (unknown !== undefined) {
    throw waapiErrors.invalidArguments(`${place}: "${unknown}" is none of Event, Structure and Media.`, {
      place,
    });
  }
  const filter = words.reduce((sum, word) => sum | (bitOfWord[word] ?? 0), 0);
  return { bank: bank.replace(/^"(.*)"$/, '$1'), type, designator, filter: filter === 0 ? 7 : filter, place };
}

const typeOfKeyword: Readonly<Record<string, string>> = {
  '-dialogueevent': 'DialogueEvent',
  '-auxbus': 'AuxBus',
  '-effectshareset': 'Effect',
};

const bitOfWord: Readonly<Record<string, number>> = { event: 1, structure: 2, media: 4 };
