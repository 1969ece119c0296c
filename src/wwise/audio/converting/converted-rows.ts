import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { asString } from '../../../core/json.ts';
import { withOtherAudioFiles } from '../../files/translated-import-file.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { tabDelimitedRows } from '../importing/tab-delimited-rows.ts';
import { type ImportableAudio, importableAudio } from './convert-audio.ts';
import { namesOtherAudio } from './convertible-audio.ts';

/**
 * Hands on a tab-delimited import file in whose rows AIFF, FLAC, MP3 and Ogg files are named by the WAVE files they were
 * converted to, for as long as `use` takes: the file itself where it names none. Rejects like `importableAudio`.
 */
export async function withConvertedRows<T>(
  filePath: string,
  context: CommandContext,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const wanted = new Set(
    (await tabDelimitedRows(filePath))
      .flatMap(({ audioFile }) => asString(audioFile) ?? [])
      .filter((path) => namesOtherAudio(path) && existsSync(path)),
  );
  if (wanted.size === 0) return use(filePath);
  const converted = new Map<string, ImportableAudio>();
  try {
    for (const path of wanted)
      converted.set(path, await importableAudio(await context.readableFile(path), context));
    const named = (cell: string): string =>
      converted.get(resolve(dirname(filePath), cell.replaceAll('\\', '/')))?.path ?? cell;
    return await withOtherAudioFiles(filePath, named, use);
  } finally {
    await Promise.all([...converted.values()].map((one) => one.discard()));
  }
}
