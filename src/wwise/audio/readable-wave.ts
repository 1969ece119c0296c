import type { CommandContext } from '../../bus/command.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import { readWaveFacts } from '../../core/wave.ts';
import { contentHash } from '../files/content-hash.ts';

export interface WaveFile {
  /** Real absolute path on this machine. */
  readonly path: string;
  readonly sha256: string;
}

/** A file to import. Throws PATH_NOT_ALLOWED, FILE_NOT_FOUND, or FILE_UNREADABLE for what is no WAVE file with audio in it. */
export async function readableWave(
  filePath: string,
  context: Pick<CommandContext, 'readableFile'>,
): Promise<WaveFile> {
  const path = await context.readableFile(filePath);
  checkWave(path, filePath);
  return { path, sha256: await contentHash(path) };
}

/** Throws FILE_UNREADABLE, naming the path as it was given, for what is no WAVE file with audio in it. */
export function checkWave(path: string, filePath = path): void {
  try {
    readWaveFacts(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WwiseFlowError('FILE_UNREADABLE', `${reason} Nothing was imported.`, {
      hint: 'Give a RIFF/WAVE file with audio in it; convert other formats first.',
      details: { filePath, path },
      cause: error,
    });
  }
}
