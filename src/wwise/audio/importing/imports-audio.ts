import { basename } from 'node:path';
import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { isError } from '../../log/wwise-log.ts';
import { namesakesBefore } from '../../objects/creating/create-child.ts';
import { findObject } from '../../objects/finding/find-object.ts';
import { namesakes } from '../../objects/finding/namesakes.ts';
import { createdRefOf, refOf } from '../../objects/rows/object-row.ts';
import { wwiseWords } from '../../objects/rows/wwise-words.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { readableWave } from '../levels/readable-wave.ts';
import { audioSourcesOf, type OriginalFile, sourcePlaying } from '../originals/source-playing.ts';
import { importBatch } from './import-batch.ts';
import { importLogOf } from './import-log.ts';
import { type SoundTarget, soundName, targetOfSound } from './sound-target.ts';
import {
  type Imported,
  type ImportInput,
  importedAs,
  importFailed,
  type WantedImport,
  wantedImport,
} from './wanted-import.ts';

type Operation = 'useExisting' | 'createNew' | 'replaceExisting';
type Input = ImportInput & { readonly importOperation: Operation };

/**
 * Everything of a command that imports one file into one Sound: alone and with others it sends the same entry and gives back
 * what the same sources show (wanted-import.ts).
 */
export function importsAudio() {
  return {
    run: async (input: Input, context: CommandContext): Promise<Imported> => {
      const file = await readableWave(input.filePath, context);
      try {
        const target = await targetFor(input, context);
        const facts = await context.project();
        const wanted = wantedImport(file, target, input, facts);
        const answer = await importFile(wanted, input.importOperation, context);
        const log = importLogOf(answer);
        if (log.some(isError)) throw importFailed(input.filePath, log);
        const sound = await soundOf(answer, target, context);
        return await importedAs(wanted, sound, await audioSourcesOf(sound.id, context), answer, facts);
      } finally {
        await file.discard();
      }
    },
    before: async ({ parentPath, name, filePath }: Input, context: CommandContext): Promise<Json> =>
      parentPath === undefined ? null : namesakesBefore(parentPath, soundName(name, filePath), context),
    settle,
    batch: importBatch(),
  };
}

async function settle(
  { filePath, objectId, parentPath, name, language = 'SFX', importOperation }: Input,
  before: Json,
  context: CommandContext,
): Promise<Imported | null> {
  const file = await readableWave(filePath, context);
  await file.discard();
  const played: OriginalFile = { fileName: basename(file.path), sha256: file.sha256, language };
  const known = new Set(asJsonArray(before));
  const sounds =
    parentPath === undefined
      ? [createdRefOf((await findObject(objectId ?? '', context, { returns: ['parent'] })).row)]
      : await namesakes((await findObject(parentPath, context)).id, soundName(name, filePath), context);
  for (const sound of sounds) {
    // An existing Sound is what useExisting would have used; the other operations make one that was not there before.
    if (sound.type !== 'Sound' || (importOperation !== 'useExisting' && known.has(sound.id))) continue;
    const source = await sourcePlaying(sound.id, played, context);
    if (source !== null)
      return { objectId: sound.id, object: sound, source, files: [source.filePath], log: [] };
  }
  return null;
}

/** Where it goes, executed alone. Throws INVALID_INPUT for what is no Sound. */
async function targetFor(input: ImportInput, context: CommandContext): Promise<SoundTarget> {
  const { objectId, parentPath = '' } = input;
  if (objectId === undefined) {
    const parent = await findObject(parentPath, context);
    const name = soundName(input.name, input.filePath);
    return { parentId: parent.id, name, sound: null, isVoice: false };
  }
  const sound = await findObject(objectId, context, { returns: ['parent', '@IsVoice'] });
  if (sound.type !== 'Sound') {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `objectId names ${sound.type} "${sound.path}", which is not a Sound.`,
      {
        hint: 'Give a Sound; or give the container as parentPath, to get a new Sound in it.',
        details: { objectId, object: refOf(sound.row) },
      },
    );
  }
  return targetOfSound(sound);
}

async function importFile(
  { filePath, entry }: WantedImport,
  importOperation: Operation,
  context: CommandContext,
): Promise<JsonObject> {
  try {
    return await context.waapi.call(
      'ak.wwise.core.audio.import',
      { importOperation, imports: [entry] },
      { return: ['id', 'name', 'type', 'path', 'parent'] },
    );
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code !== 'WAAPI_ERROR') throw error;
    throw new WwiseFlowError('IMPORT_FAILED', `Wwise did not import "${filePath}": ${wwiseWords(error)}`, {
      hint: 'Correct what Wwise names, then import again.',
      details: { ...error.details, filePath },
      cause: error,
    });
  }
}

async function soundOf(answer: JsonObject, target: SoundTarget, context: CommandContext) {
  const rows = asJsonArray(answer.objects).filter(isJsonObject);
  const imported = rows.map(createdRefOf).find(({ type }) => type === 'Sound');
  if (target.sound !== null) return createdRefOf(target.sound.row);
  if (imported !== undefined) return imported;
  const [sound] = (await namesakes(target.parentId, target.name, context)).filter(
    ({ type }) => type === 'Sound',
  );
  if (sound !== undefined) return sound;
  throw new WwiseFlowError('IMPORT_FAILED', `Wwise reported no error, but made no Sound "${target.name}".`, {
    hint: 'Check that the parent may hold a Sound, then import again.',
    details: { parentId: target.parentId, name: target.name },
  });
}
