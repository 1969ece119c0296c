import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readWaveFacts } from '../../../core/wave/wave.ts';
import { unsupportedWave } from '../../../core/wave/wave-support.ts';
import { ImportProblem } from '../importing/import-problem.ts';
import { midiDurationMs } from './read-midi.ts';

/** An audio file to import, checked to be a WAVE file, or a MIDI file. */
export interface StagedAudio {
  readonly filePath: string;
  /** Name it gets in Originals. */
  readonly fileName: string;
  /** Folder it asks for itself: `Steps\` of `Steps\Name.wav|BASE64`. */
  readonly subFolder: string | undefined;
  readonly media: { readonly isMidi: boolean; readonly durationMs: number };
  /** Removes what was written to stage it. */
  discard(): void;
}

/**
 * The file of an import, from disk (`audioFile`, an absolute path) or from `Sub\Name.wav|BASE64`. Undefined when the
 * import has none. Throws ImportProblem when it is missing or neither a WAVE nor a MIDI file.
 */
export function stageAudio(
  audioFile: string | undefined,
  audioFileBase64: string | undefined,
): StagedAudio | undefined {
  if (audioFile !== undefined && audioFileBase64 !== undefined) {
    throw new ImportProblem('Give audioFile or audioFileBase64, not both.');
  }
  if (audioFile !== undefined && audioFile !== '') return stageFile(audioFile);
  if (audioFileBase64 !== undefined) return stageBase64(audioFileBase64);
  return undefined;
}

/** `gunshot` of `gunshot.wav`: what a file is called without its extension. */
export function stemOf(fileName: string): string {
  return fileName.replace(/\.[^.]*$/, '');
}

/**
 * `step_wav` for `step.wav`: names of objects have no dots in Wwise, and an import writes an underscore for each (clients
 * that give the file name for the object's look for `_wav` afterwards).
 */
export function objectNameFrom(name: string): string {
  return name.replaceAll('.', '_');
}

function stageFile(given: string): StagedAudio {
  if (!isAbsolute(given)) throw new ImportProblem(`"${given}" is not an absolute path.`);
  // As Windows reads it: programs go up from the project's file, `Game.wproj/../Originals`.
  const filePath = existsSync(resolve(given)) ? resolve(given) : given;
  if (!existsSync(filePath)) throw new ImportProblem(`The audio file "${filePath}" does not exist.`);
  const media = readMedia(filePath, filePath);
  return { filePath, fileName: basename(filePath), subFolder: undefined, media, discard: () => undefined };
}

/**
 * Stages `Sub\\Name.wav|BASE64` piece by piece, letting others run in between: a file of 100 MB takes its time.
 * Throws ImportProblem like `stageAudio`.
 */
export async function stageBase64Slowly(text: string): Promise<StagedAudio> {
  const { fileName, subFolder, start } = readBase64Head(text);
  const room = stagingRoom();
  try {
    const file = openSync(room.filePath, 'w');
    try {
      for (let at = start; at < text.length; at += pieceLength) {
        writeSync(file, decode(text.slice(at, at + pieceLength), at + pieceLength >= text.length));
        await nextTurn();
      }
    } finally {
      closeSync(file);
    }
    return { ...room, fileName, subFolder, media: readMedia(room.filePath, fileName) };
  } catch (error) {
    room.discard();
    throw error;
  }
}

/** A multiple of four: Base64 decodes in groups of so many characters. */
const pieceLength = 4 * 1024 * 1024;

function stageBase64(text: string): StagedAudio {
  const { fileName, subFolder, start } = readBase64Head(text);
  const room = stagingRoom();
  try {
    writeFileSync(room.filePath, decode(text.slice(start), true));
    return { ...room, fileName, subFolder, media: readMedia(room.filePath, fileName) };
  } catch (error) {
    room.discard();
    throw error;
  }
}

/** Buffer skips what is no Base64; a file that was mangled on its way must not become noise. */
function decode(piece: string, isLast: boolean): Buffer {
  const bytes = Buffer.from(piece, 'base64');
  const padding = piece.endsWith('==') ? 2 : piece.endsWith('=') ? 1 : 0;
  if (bytes.length === Math.floor(((piece.length - padding) * 3) / 4) && (isLast || padding === 0))
    return bytes;
  throw new ImportProblem('The text after the bar in audioFileBase64 is not Base64.');
}

function stagingRoom(): { readonly filePath: string; discard(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'wwiseflow-import-'));
  return {
    filePath: join(folder, 'audio.wav'),
    discard: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** `start` is where the Base64 text begins. */
function readBase64Head(text: string): Pick<StagedAudio, 'fileName' | 'subFolder'> & { start: number } {
  const bar = text.indexOf('|');
  const parts = text.slice(0, Math.max(bar, 0)).split(/[\\/]/);
  const fileName = parts.at(-1) ?? '';
  if (!fileName.toLowerCase().endsWith('.wav')) {
    throw new ImportProblem('audioFileBase64 must be "Name.wav|" followed by the file in Base64.');
  }
  return {
    fileName,
    subFolder: parts.length > 1 ? parts.slice(0, -1).join('\\') : undefined,
    start: bar + 1,
  };
}

function readMedia(filePath: string, shownAs: string): StagedAudio['media'] {
  const isMidi = /\.midi?$/i.test(shownAs);
  try {
    return { isMidi, durationMs: isMidi ? midiDurationMs(filePath) : waveDurationMs(filePath) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ImportProblem(`Not imported: ${message.replace(filePath, shownAs)}`);
  }
}

/** Throws Error for a file that is no WAVE file, and for one with a header that Wwise does not take. */
function waveDurationMs(filePath: string): number {
  const facts = readWaveFacts(filePath);
  const problem = unsupportedWave(facts);
  if (problem !== undefined) throw new Error(`"${filePath}" cannot be imported: it ${problem}.`);
  return facts.durationSeconds * 1000;
}
