import { WwiseFlowError } from '../../../core/errors.ts';
import { contentHash } from '../../../core/files/content-hash.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { importableAudio } from '../converting/convert-audio.ts';
import { conversionOf } from '../converting/convertible-audio.ts';

export interface WaveFile {
  /** Real absolute path on this machine: of the file, or of a WAVE copy that is called like it. */
  readonly path: string;
  readonly sha256: string;
  /** Removes the copy, if one was made. */
  discard(): Promise<void>;
}

/**
 * A file to import, as Wwise takes it: other audio than WAVE files is converted. Throws PATH_NOT_ALLOWED, FILE_NOT_FOUND, or
 * FILE_UNREADABLE for what is no audio, or cannot be converted here.
 */
export async function readableWave(
  filePath: string,
  context: Pick<CommandContext, 'readableFile' | 'signal'>,
): Promise<WaveFile> {
  const { path, discard } = await importableAudio(await context.readableFile(filePath), context);
  try {
    return { path, sha256: await contentHash(path), discard };
  } catch (failure) {
    await discard();
    throw failure;
  }
}

/** Throws FILE_UNREADABLE, naming the path as it was given, for what is no audio, and not to be made a WAVE file either. */
export function checkWave(path: string, filePath = path): void {
  try {
    conversionOf(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WwiseFlowError('FILE_UNREADABLE', `${reason} Nothing was imported.`, {
      hint: 'Give a WAVE, AIFF, FLAC, MP3 or Ogg file with audio in it; convert other formats first.',
      details: { filePath, path },
      cause: error,
    });
  }
}
