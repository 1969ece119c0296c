import { basename } from 'node:path';
import { z } from 'zod';
import { answerRoom } from '../../../core/answers/answer-room.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import { contentHash } from '../../../core/files/content-hash.ts';
import { asJsonArray, asString, isJsonObject, type JsonObject } from '../../../core/json.ts';
import { isError } from '../../log/wwise-log.ts';
import { askRows } from '../../objects/finding/ask-rows.ts';
import { leanRef } from '../../objects/rows/lean-ref.ts';
import { referenceIdOf, refOf, refReturns } from '../../objects/rows/object-row.ts';
import { wwiseWords } from '../../objects/rows/wwise-words.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { namesOtherAudio } from '../converting/convertible-audio.ts';
import { readableWave, type WaveFile } from '../levels/readable-wave.ts';
import { originalPathExpression } from '../originals/original-path.ts';
import { checkLanguage } from './import-language.ts';
import { type ImportLogEntry, importLogEntryOf } from './import-log.ts';

/** One file of a call that imports many. */
export interface ImportItem {
  /** As the caller gave it; must lie in an allowed directory. */
  readonly filePath: string;
  /** GUID of the object the path counts from. */
  readonly parentId: string;
  readonly parentPath: string;
  /** Names below the parent, types in angle brackets before all but the last: `<Virtual Folder>Guns\Shot`. */
  readonly objectPath: string;
  readonly originalsSubFolder?: string | undefined;
}

export interface ImportManyOptions {
  readonly language: string;
  readonly importOperation: 'useExisting' | 'createNew' | 'replaceExisting';
}

/** What became of one file. */
export const importResult = z.object({
  filePath: z.string(),
  ok: z.boolean(),
  object: leanRef.nullable().describe('The Sound that plays the file.'),
  error: z.string().optional(),
});

export type ImportResult = z.output<typeof importResult>;

/** Results an IMPORT_FAILED lists; more are counted only. */
const mostNamed = 50;

/** The counts of these results. Throws IMPORT_FAILED with the reason of each file when none was imported. */
export function importCounts(results: readonly ImportResult[]): { imported: number; failed: number } {
  const imported = results.filter(({ ok }) => ok).length;
  const failed = results.length - imported;
  const [first] = results;
  if (imported > 0 || first === undefined) return { imported, failed };
  const reported =
    failed === 1
      ? `The file was not imported: ${first.error}`
      : `None of ${failed} files was imported: ${first.error} (details.results has the others)`;
  throw new WwiseFlowError('IMPORT_FAILED', reported, {
    hint: 'Correct what details.results names for each file, then import again.',
    details: {
      imported,
      failed,
      results: results.slice(0, mostNamed).map(({ filePath, error = '' }) => ({ filePath, error })),
    },
  });
}

/**
 * What an answer lists of these results: all that fit, of too many the failures first. The notice says what is left
 * out, and that createNew does not repeat safely.
 */
export function shownResults(
  results: readonly ImportResult[],
  importOperation: ImportManyOptions['importOperation'],
): { results: ImportResult[]; notice: string | null } {
  const room = answerRoom();
  const failures = new Set(
    room.take(
      'failed results',
      results.filter(({ ok }) => !ok),
    ),
  );
  const successes = new Set(
    room.take(
      'successful results',
      results.filter(({ ok }) => ok),
    ),
  );
  const notices = [
    room.notice('query_waql lists what is below the parent.') ?? [],
    importOperation === 'createNew' ? createNewNotice : [],
  ].flat();
  return {
    results: results.filter((one) => failures.has(one) || successes.has(one)),
    notice: notices.length === 0 ? null : notices.join(' '),
  };
}

/** Commands that import many are not memoised, so that nothing else would stop a repetition. */
export const createNewNotice =
  'createNew made new Sounds beside any of the same name: the same call again makes them once more. Repeat with useExisting instead.';

/** The language field of the commands that import many. */
export const languageField = z.string().trim().min(1).default('SFX').describe('SFX or a language.');

/**
 * Imports many files with one ak.wwise.core.audio.import. A file that is missing or no WAVE file is reported and left out; every other one counts as imported only when a Sound of its name plays that content afterwards.
 * Throws PATH_NOT_ALLOWED when one lies elsewhere, INVALID_INPUT for an unknown language and IMPORT_FAILED when Wwise refuses the call as a whole.
 */
export async function importMany(
  items: readonly ImportItem[],
  options: ImportManyOptions,
  context: CommandContext,
): Promise<ImportResult[]> {
  checkLanguage(options.language, await context.project());
  const results = new Map<ImportItem, ImportResult>();
  const ready: ReadyItem[] = [];
  for (const item of items) {
    const twin = waveTwinOf(item, items);
    const checked = twin === undefined ? await checkFile(item, context) : twinProblem(twin);
    if (typeof checked === 'string') results.set(item, failed(item, checked));
    else ready.push(checked);
  }
  if (ready.length > 0) {
    const log = await importAll(ready, options, context).finally(() =>
      Promise.all(ready.map(({ discard }) => discard())),
    );
    const sources = await sourcesBelow(ready, context);
    for (const [at, one] of ready.entries()) {
      const said = log.filter((entry) => entry.index === at && isError(entry));
      const reason = said.map(({ message }) => message).join(' ');
      const sound = reason === '' ? await soundPlaying(one, options, sources) : undefined;
      const why =
        reason === '' ? unindexed(log) || 'After the import no Sound of this name plays the file.' : reason;
      results.set(
        one.item,
        sound === undefined
          ? failed(one.item, why)
          : { filePath: one.item.filePath, ok: true, object: sound },
      );
    }
  }
  return items.flatMap((item) => results.get(item) ?? []);
}

/** The WAVE file that goes to the same Sound: a delivery often has previews in another format beside them. */
function waveTwinOf(item: ImportItem, items: readonly ImportItem[]): ImportItem | undefined {
  if (!namesOtherAudio(item.filePath)) return undefined;
  const target = (one: ImportItem): string => `${one.parentId}\\${one.objectPath}`.toLowerCase();
  return items.find((other) => !namesOtherAudio(other.filePath) && target(other) === target(item));
}

function twinProblem({ filePath }: ImportItem): string {
  return `Left out: "${filePath}", a WAVE file, goes to the same Sound.`;
}

interface ReadyItem extends WaveFile {
  readonly item: ImportItem;
}

interface LogEntry extends ImportLogEntry {
  /** Which file of the call it is about. */
  readonly index: number | undefined;
}

function failed({ filePath }: ImportItem, error: string): ImportResult {
  return { filePath, ok: false, object: null, error };
}

async function checkFile(item: ImportItem, context: CommandContext): Promise<ReadyItem | string> {
  try {
    return { item, ...(await readableWave(item.filePath, context)) };
  } catch (thrown) {
    // Whoever asks for a file of another place is to learn that before anything is imported.
    if (thrown instanceof WwiseFlowError && thrown.code === 'PATH_NOT_ALLOWED') throw thrown;
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

async function importAll(
  ready: readonly ReadyItem[],
  { language, importOperation }: ImportManyOptions,
  context: CommandContext,
): Promise<LogEntry[]> {
  const imports = ready.map(({ item, path }) => ({
    audioFile: path,
    importLocation: item.parentId,
    objectPath: item.objectPath,
    ...(item.originalsSubFolder ? { originalsSubFolder: item.originalsSubFolder } : {}),
  }));
  const objectType = language === 'SFX' ? 'Sound SFX' : 'Sound Voice';
  const args = { importOperation, default: { importLanguage: language, objectType }, imports };
  try {
    const answer = await context.waapi.call('ak.wwise.core.audio.import', args, { return: ['id'] });
    return asJsonArray(answer.log).filter(isJsonObject).map(logEntryOf);
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code !== 'WAAPI_ERROR') throw error;
    throw new WwiseFlowError(
      'IMPORT_FAILED',
      `Wwise imported none of ${ready.length} files: ${wwiseWords(error)}`,
      {
        hint: 'Correct what Wwise names, then import again.',
        details: error.details,
        cause: error,
      },
    );
  }
}

function logEntryOf(row: JsonObject): LogEntry {
  return { ...importLogEntryOf(row), index: typeof row.index === 'number' ? row.index : undefined };
}

/** Errors that Wwise did not tie to a file: it says the index only since 2023.1. */
function unindexed(log: readonly LogEntry[]): string {
  return log
    .filter((entry) => entry.index === undefined && isError(entry))
    .map(({ message }) => message)
    .join(' ');
}

interface Source {
  readonly soundPath: string;
  readonly soundId: string;
  readonly filePath: string;
}

/** The audio sources below every parent that was imported into: one query. */
async function sourcesBelow(ready: readonly ReadyItem[], context: CommandContext): Promise<Source[]> {
  const expression = originalPathExpression(await context.project());
  const parents = [...new Set(ready.map(({ item }) => item.parentId))].map((id) => `"${id}"`).join(', ');
  const rows = await askRows(
    `$ ${parents} select descendants where type = "AudioFileSource"`,
    [...refReturns, 'parent', expression],
    context,
  );
  return rows.map((row) => ({
    soundPath: refOf(row).path.split('\\').slice(0, -1).join('\\'),
    soundId: referenceIdOf(row.parent) ?? '',
    filePath: asString(row[expression]) ?? '',
  }));
}

async function soundPlaying(
  { item, path, sha256 }: ReadyItem,
  { importOperation }: ImportManyOptions,
  sources: readonly Source[],
): Promise<ImportResult['object'] | undefined> {
  const names = item.objectPath.split('\\').map((part) => part.replace(/^<[^>]*>/, ''));
  const wanted = `${item.parentPath}\\${names.join('\\')}`.toLowerCase();
  const isNamed = ({ soundPath }: Source) => {
    const rest = soundPath.toLowerCase().startsWith(wanted) ? soundPath.slice(wanted.length) : undefined;
    return rest === '' || (importOperation === 'createNew' && rest !== undefined && /^[ _-]*\d+$/.test(rest));
  };
  // With createNew the newest of the same name, which Wwise numbers last, is this one.
  for (const source of sources.filter(isNamed).reverse()) {
    const found = await contentHash(source.filePath).catch(() => undefined);
    const sameName = source.filePath.split(/[\\/]/).at(-1)?.toLowerCase() === basename(path).toLowerCase();
    if (found === undefined ? sameName : found === sha256) {
      const name = source.soundPath.split('\\').at(-1) ?? '';
      return { id: source.soundId, name, type: 'Sound', path: source.soundPath };
    }
  }
  return undefined;
}
