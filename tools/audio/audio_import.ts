import { basename } from 'node:path';
import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { stillNamed } from '../../src/bus/memo/claim.ts';
import { wires } from '../../src/bus/wiring.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, asString, isJsonObject, type JsonObject } from '../../src/core/json.ts';
import { importFusion } from '../../src/wwise/audio/import-fusion.ts';
import { type ImportLogEntry, importLogEntry, importLogOf } from '../../src/wwise/audio/import-log.ts';
import {
  type ImportPlace,
  importEntry,
  languageOf,
  placeOfSound,
  soundName,
} from '../../src/wwise/audio/import-place.ts';
import { readableWave, type WaveFile } from '../../src/wwise/audio/readable-wave.ts';
import { type PlayedFile, sourcePlaying } from '../../src/wwise/audio/source-playing.ts';
import { contentHash } from '../../src/wwise/files/content-hash.ts';
import { isError } from '../../src/wwise/log/wwise-log.ts';
import { namesakesBefore } from '../../src/wwise/objects/create-child.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { namesakes } from '../../src/wwise/objects/namesakes.ts';
import { objectDesignator, objectName } from '../../src/wwise/objects/object-designator.ts';
import { createdRef, createdRefOf, objectRef, refOf } from '../../src/wwise/objects/object-row.ts';
import { wwiseWords } from '../../src/wwise/objects/wwise-words.ts';

const importOutput = z.object({
  objectId: z
    .string()
    .describe('GUID of the Sound, as other commands take it.')
    .register(wires, {
      kind: 'object',
      types: ['Sound'],
    }),
  object: createdRef.describe('The Sound.'),
  source: objectRef
    .extend({
      filePath: z.string().describe('The original file it plays.'),
      sha256: z.string().describe('SHA-256 of the imported file.'),
    })
    .describe('The audio source that plays the file.'),
  files: z.array(z.string()).describe('Files Wwise put into Originals, or found there.'),
  log: z.array(importLogEntry).describe('Import log of Wwise; empty before 2023.1.'),
});

export const audioImport = defineCommand({
  name: 'audio_import',
  title: 'Import audio',
  description:
    'Import one WAVE file into a Sound (objectId) or a new one (parentPath, name); Wwise copies it into the Originals. For many files use import_files.',
  toolset: 'audio',
  effect: 'create',
  revert: {
    calls: 'What it made is deleted; of a Sound that was there, the new source.',
    except: 'A source that it replaced comes back through Undo in Wwise only.',
  },
  examples: [
    {
      title: 'Import a file as a new Sound',
      input: {
        filePath: '/audio/Step_1.wav',
        parentPath: '\\Containers\\Default Work Unit\\Steps',
        name: 'Step_3',
      },
    },
    {
      title: 'Import a file into an existing Sound',
      input: { filePath: '/audio/Step_1.wav', objectId: '\\Containers\\Default Work Unit\\Wind' },
    },
  ],
  waapiCalls: 4,
  input: z
    .strictObject({
      filePath: z
        .string()
        .trim()
        .min(1)
        .max(4_000)
        .describe('WAVE file in an allowed directory, absolute.')
        .register(wires, { kind: 'file' }),
      objectId: objectDesignator('The Sound that plays it.')
        .optional()
        .register(wires, { kind: 'object', types: ['Sound'] }),
      parentPath: objectDesignator('Or: the parent of the Sound.').optional(),
      name: objectName('Default: the file name.').optional(),
      language: z.string().trim().min(1).optional().describe('Of a Sound Voice. Default: SFX.'),
      originalsSubFolder: z
        .string()
        .trim()
        .regex(/^[^:*?"<>|]*$/, 'must be a relative folder')
        .refine(
          (folder) => !/(^|[\\/])\.\.([\\/]|$)|^[\\/]/.test(folder),
          'must stay inside the Originals folder',
        )
        .overwrite((folder) => folder.replaceAll('/', '\\'))
        .optional()
        .describe('Folder in the Originals.'),
      importOperation: z
        .enum(['useExisting', 'createNew', 'replaceExisting'])
        .default('useExisting')
        .describe('When the Sound exists.'),
    })
    .refine(({ objectId, parentPath }) => (objectId === undefined) !== (parentPath === undefined), {
      message: 'give either objectId (into this Sound) or parentPath (a new Sound)',
    })
    .refine(({ objectId, name }) => objectId === undefined || name === undefined, {
      path: ['name'],
      message: 'goes with parentPath only: the Sound given by objectId keeps its name',
    })
    .refine(({ objectId, importOperation }) => objectId === undefined || importOperation === 'useExisting', {
      path: ['importOperation'],
      message: 'must be useExisting with objectId: the others would make another Sound',
    }),
  oneOf: [['objectId'], ['parentPath']],
  output: importOutput,
  async run(input, context) {
    const file = await readableWave(input.filePath, context);
    const place = await placeOf(input, context);
    const language = languageOf(input.language, place, await context.project());
    const answer = await importFile(file, place, language, input, context);
    const log = importLogOf(answer);
    if (log.some(isError)) throw importFailed(input.filePath, log);
    const sound = await soundOf(answer, place, context);
    const played: PlayedFile = { fileName: basename(file.path), sha256: file.sha256, language };
    const source = await sourcePlaying(sound.id, played, context);
    if (source === null) throw notPlaying(input.filePath, sound.path, log);
    const files = asJsonArray(answer.files).flatMap((path) => asString(path) ?? []);
    return {
      objectId: sound.id,
      object: sound,
      source,
      files: files.length > 0 ? files : [source.filePath],
      log,
    };
  },
  inputFiles: ({ filePath }) => [filePath],
  achieved: ({ objectId, parentPath }, { object, source }) => [
    { kind: 'exists', id: object.id, type: 'Sound', parentId: object.parentId },
    { kind: 'exists', id: source.id, type: source.type, parentId: object.id },
    { kind: 'plays', id: source.id, contentHash: source.sha256 },
    ...(objectId === undefined ? [] : stillNamed(objectId, object.id)),
    ...(parentPath === undefined ? [] : stillNamed(parentPath, object.parentId)),
  ],
  async before({ parentPath, name, filePath }, context) {
    return parentPath === undefined ? null : namesakesBefore(parentPath, soundName(name, filePath), context);
  },
  async settle({ filePath, objectId, parentPath, name, language = 'SFX', importOperation }, before, context) {
    const path = await context.readableFile(filePath);
    const played: PlayedFile = { fileName: basename(path), sha256: await contentHash(path), language };
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
  },
  fusion: importFusion(),
});

async function placeOf(
  input: {
    filePath: string;
    objectId?: string | undefined;
    parentPath?: string | undefined;
    name?: string | undefined;
  },
  context: CommandContext,
): Promise<ImportPlace> {
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
  return placeOfSound(sound);
}

async function importFile(
  file: WaveFile,
  place: ImportPlace,
  language: string,
  input: { importOperation: string; originalsSubFolder?: string | undefined; filePath: string },
  context: CommandContext,
): Promise<JsonObject> {
  const entry = importEntry(file.path, place, language, input.originalsSubFolder);
  try {
    return await context.waapi.call(
      'ak.wwise.core.audio.import',
      { importOperation: input.importOperation, imports: [entry] },
      { return: ['id', 'name', 'type', 'path', 'parent'] },
    );
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code !== 'WAAPI_ERROR') throw error;
    throw new WwiseFlowError(
      'IMPORT_FAILED',
      `Wwise did not import "${input.filePath}": ${wwiseWords(error)}`,
      {
        hint: 'Correct what Wwise names, then import again.',
        details: { ...error.details, filePath: input.filePath },
        cause: error,
      },
    );
  }
}

async function soundOf(answer: JsonObject, place: ImportPlace, context: CommandContext) {
  const rows = asJsonArray(answer.objects).filter(isJsonObject);
  const imported = rows.map(createdRefOf).find(({ type }) => type === 'Sound');
  if (place.sound !== null) return createdRefOf(place.sound.row);
  if (imported !== undefined) return imported;
  const [sound] = (await namesakes(place.parentId, place.name, context)).filter(
    ({ type }) => type === 'Sound',
  );
  if (sound !== undefined) return sound;
  throw new WwiseFlowError('IMPORT_FAILED', `Wwise reported no error, but made no Sound "${place.name}".`, {
    hint: 'Check that the parent may hold a Sound, then import again.',
    details: { parentId: place.parentId, name: place.name },
  });
}

function importFailed(filePath: string, log: readonly ImportLogEntry[]): WwiseFlowError {
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
