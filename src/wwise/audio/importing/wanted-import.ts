import { basename } from 'node:path';
import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asString, type JsonObject } from '../../../core/json.ts';
import { isError } from '../../log/wwise-log.ts';
import type { CreatedRef } from '../../objects/rows/object-row.ts';
import type { ProjectFacts } from '../../project-facts.ts';
import type { WaveFile } from '../levels/readable-wave.ts';
import { originalPathExpression } from '../originals/original-path.ts';
import { type OriginalFile, type PlayingSource, playingAmong } from '../originals/source-playing.ts';
import { type ImportLogEntry, importLogOf } from './import-log.ts';
import { importEntry, languageOf, type SoundTarget } from './sound-target.ts';

export interface ImportInput {
  readonly filePath: string;
  readonly objectId?: string | undefined;
  readonly parentPath?: string | undefined;
  readonly name?: string | undefined;
  readonly language?: string | undefined;
  readonly originalsSubFolder?: string | undefined;
}

/** What an import gives back of one file. */
export interface Imported {
  readonly objectId: string;
  /** The Sound. */
  readonly object: CreatedRef;
  readonly source: PlayingSource;
  readonly files: string[];
  readonly log: ImportLogEntry[];
}

/** One file on its way into one Sound, whether it goes alone or with others. */
export interface WantedImport {
  readonly filePath: string;
  /** Its entry of ak.wwise.core.audio.import. */
  readonly entry: JsonObject;
  /** What the Sound plays afterwards. */
  readonly played: OriginalFile;
}

/** Throws INVALID_INPUT for a language the project does not have, and for a voice without one. */
export function wantedImport(
  file: Pick<WaveFile, 'path' | 'sha256'>,
  target: SoundTarget,
  { filePath, language: asked, originalsSubFolder }: ImportInput,
  facts: ProjectFacts,
): WantedImport {
  const language = languageOf(asked, target, facts);
  return {
    filePath,
    entry: importEntry(file.path, target, language, originalsSubFolder),
    played: { fileName: basename(file.path), sha256: file.sha256, language },
  };
}

/**
 * The output, from what Wwise answered and the Sound's sources as they were read back. Throws IMPORT_FAILED when the log says
 * so, and when none of them plays the file.
 */
export async function importedAs(
  { filePath, played }: WantedImport,
  sound: CreatedRef,
  sources: readonly JsonObject[],
  answer: JsonObject,
  facts: ProjectFacts,
): Promise<Imported> {
  const log = importLogOf(answer);
  if (log.some(isError)) throw importFailed(filePath, log);
  const source = await playingAmong(sources, played, originalPathExpression(facts));
  if (source === null) throw notPlaying(filePath, sound.path, log);
  const files = asJsonArray(answer.files).flatMap((path) => asString(path) ?? []);
  return {
    objectId: sound.id,
    object: sound,
    source,
    files: files.length > 0 ? files : [source.filePath],
    log: [...log],
  };
}

/** What Wwise wrote into its import log. */
export function importFailed(filePath: string, log: readonly ImportLogEntry[]): WwiseFlowError {
  const reasons = log.filter(isError).map(({ message }) => message);
  return new WwiseFlowError('IMPORT_FAILED', `Wwise did not import "${filePath}": ${reasons.join(' ')}`, {
    hint: 'Correct what the log names, then import again.',
    details: { filePath, log: log.map((entry) => ({ ...entry })) },
  });
}

function notPlaying(filePath: string, soundPath: string, log: readonly ImportLogEntry[]): WwiseFlowError {
  return new WwiseFlowError(
    'IMPORT_FAILED',
    `After the import no source of "${soundPath}" plays "${filePath}".`,
    {
      hint: 'Look at the Sound with get_object and at details.log, then import again.',
      details: { filePath, sound: soundPath, log: log.map((entry) => ({ ...entry })) },
    },
  );
}
