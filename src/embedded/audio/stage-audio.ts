import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import { readWaveFacts } from '../../base/wave.ts';
import { ImportProblem } from './import-problem.ts';

/** An audio file to import, checked to be a WAVE file. */
export interface StagedAudio {
  readonly filePath: string;
  /** Name it gets in Originals. */
  readonly fileName: string;
  /** Folder it asks for itself: `Steps\` of `Steps\Name.wav|BASE64`. */
  readonly subFolder: string | undefined;
  /** Removes what was written to stage it. */
  discard(): void;
}

/**
 * The file of an import, from disk (`audioFile`, an absolute path) or from `Sub\Name.wav|BASE64`. Undefined when the
 * import has none. Throws ImportProblem when it is missing or no WAVE file.
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

/** `gunshot` of `gunshot.wav`: what an object made from the file is called. */
export function stemOf(fileName: string): string {
  return fileName.replace(/\.[^.]*$/, '');
}

function stageFile(filePath: string): StagedAudio {
  if (!isAbsolute(filePath)) throw new ImportProblem(`"${filePath}" is not an absolute path.`);
  if (!existsSync(filePath)) throw new ImportProblem(`The audio file "${filePath}" does not exist.`);
  checkWave(filePath, filePath);
  return { filePath, fileName: basename(filePath), subFolder: undefined, discard: () => undefined };
}

function stageBase64(text: string): StagedAudio {
  const bar = text.indexOf('|');
  const parts = text.slice(0, Math.max(bar, 0)).split(/[\\/]/);
  const fileName = parts.at(-1) ?? '';
  if (!fileName.toLowerCase().endsWith('.wav')) {
    throw new ImportProblem('audioFileBase64 must be "Name.wav|" followed by the file in Base64.');
  }
  const folder = mkdtempSync(join(tmpdir(), 'wwiseflow-import-'));
  const discard = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const filePath = join(folder, 'audio.wav');
    writeFileSync(filePath, Buffer.from(text.slice(bar + 1), 'base64'));
    checkWave(filePath, fileName);
    return {
      filePath,
      fileName,
      subFolder: parts.length > 1 ? parts.slice(0, -1).join('\\') : undefined,
      discard,
    };
  } catch (error) {
    discard();
    throw error;
  }
}

function checkWave(filePath: string, shownAs: string): void {
  try {
    readWaveFacts(filePath);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ImportProblem(`Not imported: ${message.replace(filePath, shownAs)}`);
  }
}
