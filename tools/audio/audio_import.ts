import { basename, parse } from 'node:path';
import { z } from 'zod';
import { toWwiseFlowError, WwiseFlowError } from '../../src/base/errors.ts';
import { asJsonArray, asString, isJsonObject, type JsonObject } from '../../src/base/json.ts';
import { didYouMean } from '../../src/base/nearest.ts';
import { readWaveFacts } from '../../src/base/wave.ts';
import {
  type PlayedFile,
  playingAmong,
  sourcePlaying,
  sourceReturns,
} from '../../src/bus/audio/source-playing.ts';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { contentHash } from '../../src/bus/files/content-hash.ts';
import { childKey, orderKey } from '../../src/bus/fusion/child-fusion.ts';
import { memberKey, sourceKey } from '../../src/bus/fusion/claimed-keys.ts';
import type { Fusion, FusionView } from '../../src/bus/fusion/fusion.ts';
import { objectKnown } from '../../src/bus/fusion/target-fusion.ts';
import { stillNamed } from '../../src/bus/memo/claim.ts';
import { originalPathExpression } from '../../src/bus/memo/verify-claims.ts';
import { namesakesBefore } from '../../src/bus/objects/create-child.ts';
import { findObject } from '../../src/bus/objects/find-object.ts';
import { namesakes } from '../../src/bus/objects/namesakes.ts';
import { objectDesignator, objectName, tidyDesignator } from '../../src/bus/objects/object-designator.ts';
import {
  createdRef,
  createdRefOf,
  type FoundObject,
  objectRef,
  refOf,
} from '../../src/bus/objects/object-row.ts';
import { wwiseWords } from '../../src/bus/objects/wwise-words.ts';
import type { ProjectFacts } from '../../src/bus/project-facts.ts';
import { wires } from '../../src/bus/wiring.ts';

const logEntry = z.object({
  severity: z.string().describe('Message, Warning, Error or Fatal Error.'),
  message: z.string().describe('What Wwise says.'),
});

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
  log: z.array(logEntry).describe('Import log of Wwise; empty before 2023.1.'),
});

type ImportOutput = z.input<typeof importOutput>;

export const audioImport = defineCommand({
  name: 'audio_import',
  title: 'Import audio',
  description:
    'Import one WAVE file into a Sound (objectId) or a new one (parentPath, name); Wwise copies it into the Originals. For many files use import_files.',
  toolset: 'audio',
  effect: 'create',
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
    const log = logOf(answer);
    if (log.some(({ severity }) => /error/i.test(severity))) throw importFailed(input.filePath, log);
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
    return parentPath === undefined
      ? null
      : namesakesBefore(parentPath, name ?? parse(filePath).name, context);
  },
  async settle({ filePath, objectId, parentPath, name, language = 'SFX', importOperation }, before, context) {
    const path = await context.readableFile(filePath);
    const played: PlayedFile = { fileName: basename(path), sha256: await contentHash(path), language };
    const known = new Set(asJsonArray(before));
    const sounds =
      parentPath === undefined
        ? [createdRefOf((await findObject(objectId ?? '', context, { returns: ['parent'] })).row)]
        : await namesakes((await findObject(parentPath, context)).id, name ?? parse(filePath).name, context);
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

interface WaveFile {
  readonly path: string;
  readonly sha256: string;
}

interface ImportInput {
  readonly filePath: string;
  readonly objectId?: string | undefined;
  readonly parentPath?: string | undefined;
  readonly name?: string | undefined;
  readonly language?: string | undefined;
  readonly originalsSubFolder?: string | undefined;
}

/** Many imports are one call of audio.import. Existing Sounds are updated; the other operations go alone. */
function importFusion(): Fusion<ImportInput, ImportOutput> {
  const nameOf = ({ name, filePath }: JsonObject): string =>
    asString(name) ?? parse(asString(filePath) ?? '').name;
  return {
    call: 'import',
    accepts: ({ importOperation }) => importOperation === undefined || importOperation === 'useExisting',
    // A Sound becomes a voice, or none, with what it is made to play.
    lanes: ({ objectId, parentPath }) => {
      const parent = asString(parentPath);
      if (parent !== undefined)
        return [{ kind: 'children', of: parent }, { kind: 'source' }, { kind: '@isvoice' }];
      const of = asString(objectId) ?? '';
      return [
        { kind: 'source', of },
        { kind: '@isvoice', of },
      ];
    },
    names: ({ objectId, parentPath }) => {
      const parents = [asString(parentPath)].flatMap((path) => path ?? []);
      return { objects: [...parents, ...[asString(objectId)].flatMap((id) => id ?? [])], parents };
    },
    makes: (raw) => {
      const parent = asString(raw.parentPath);
      return parent === undefined ? undefined : { parent: tidyDesignator(parent), name: nameOf(raw) };
    },
    returns: (_raw, facts) => ['@IsVoice', ...sourceReturns(facts)],
    foreknown: ({ objectId }) => {
      const known = objectKnown(objectId);
      return isJsonObject(known.object) ? { ...known, objectId: known.object.id } : {};
    },
    checkFile: checkWave,
    prepare: (input, view) => {
      const { filePath, objectId, parentPath, originalsSubFolder } = input;
      const file = view.file(filePath);
      const named = view.find(objectId ?? parentPath ?? '');
      if (named === undefined || file === undefined) return undefined;
      const place =
        objectId === undefined
          ? { parentId: named.id, name: nameOf({ ...input }), sound: null, isVoice: false }
          : placeOfSound(named);
      if (place.sound !== null && place.sound.type !== 'Sound') throw new Error('It is not a Sound.');
      const language = languageOf(input.language, place, view.facts);
      const namesakesBefore = place.sound === null ? view.namesakes(place.parentId, place.name) : [];
      const existing = namesakesBefore.find(({ name }) => name.toLowerCase() === place.name.toLowerCase());
      const soundId = place.sound?.id ?? existing?.id;
      const { parentId, name } = place;
      return {
        change: {
          kind: 'import',
          entry: importEntry(file.path, place, language, originalsSubFolder),
          soundId: place.sound?.id,
          parentId,
          name,
        },
        before: place.sound === null ? namesakesBefore.map(({ id }) => id) : null,
        holds: [
          [`${language}\\${originalsSubFolder ?? ''}\\${basename(file.path)}`.toLowerCase(), file.sha256],
          ...holdsOfSound(soundId, view),
          ...(place.sound === null ? holdsOfChild(parentId, name, view) : []),
        ],
        output: async ({ row, children, log }) => {
          const played = { fileName: basename(file.path), sha256: file.sha256, language };
          const source = await playingAmong(children, played, originalPathExpression(view.facts));
          if (source === null) return undefined;
          const object = createdRefOf(place.sound?.row ?? row);
          return { objectId: object.id, object, source, files: [source.filePath], log: logOf({ log }) };
        },
      };
    },
  };
}

type Hold = readonly [key: string, value: string];

function holdsOfSound(soundId: string | undefined, { nodeId }: FusionView): readonly Hold[] {
  if (soundId === undefined) return [];
  return [
    [sourceKey(soundId), nodeId],
    [memberKey(soundId, 'IsVoice'), 'import'],
  ];
}

function holdsOfChild(parentId: string, name: string, { nodeId }: FusionView): readonly Hold[] {
  return [
    [childKey(parentId, name), nodeId],
    [orderKey(parentId), 'import'],
  ];
}

async function readableWave(filePath: string, context: CommandContext): Promise<WaveFile> {
  const path = await context.readableFile(filePath);
  checkWave(path, filePath);
  return { path, sha256: await contentHash(path) };
}

function checkWave(path: string, filePath = path): void {
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

/** Where the file goes: the Sound, existing or not, by its parent and name. */
interface Place {
  readonly parentId: string;
  readonly name: string;
  /** The Sound, when it was given by objectId. */
  readonly sound: FoundObject | null;
  readonly isVoice: boolean;
}

async function placeOf(
  input: {
    filePath: string;
    objectId?: string | undefined;
    parentPath?: string | undefined;
    name?: string | undefined;
  },
  context: CommandContext,
): Promise<Place> {
  const { filePath, objectId, parentPath = '', name = parse(filePath).name } = input;
  if (objectId === undefined) {
    return { parentId: (await findObject(parentPath, context)).id, name, sound: null, isVoice: false };
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

function placeOfSound(sound: FoundObject): Place {
  const { parentId } = createdRefOf(sound.row);
  return { parentId, name: sound.name, sound, isVoice: sound.row['@IsVoice'] === true };
}

function languageOf(
  language: string | undefined,
  place: Place,
  { languages }: Pick<ProjectFacts, 'languages'>,
): string {
  const wanted = language ?? 'SFX';
  const voiceNeedsOne = place.isVoice && wanted === 'SFX';
  const known = wanted === 'SFX' || languages.length === 0 || languages.includes(wanted);
  if (known && !voiceNeedsOne) return wanted;
  const problem = voiceNeedsOne
    ? `"${place.name}" is a Sound Voice: it needs the language of the file.`
    : `The project has no language "${wanted}".${didYouMean(wanted, ['SFX', ...languages])}`;
  throw new WwiseFlowError('INVALID_INPUT', problem, {
    hint: 'Set language to one of details.languages, spelled exactly so.',
    details: { language: wanted, languages: voiceNeedsOne ? languages : ['SFX', ...languages] },
  });
}

/** Wwise names the Sound by a path relative to its parent, so that no name on the way can be misread. */
function importEntry(
  path: string,
  place: Place,
  language: string,
  originalsSubFolder: string | undefined,
): JsonObject {
  return {
    audioFile: path,
    importLocation: place.parentId,
    objectPath: place.name,
    objectType: place.isVoice || language !== 'SFX' ? 'Sound Voice' : 'Sound SFX',
    importLanguage: language,
    ...(originalsSubFolder === undefined || originalsSubFolder === '' ? {} : { originalsSubFolder }),
  };
}

async function importFile(
  file: WaveFile,
  place: Place,
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

function logOf(answer: JsonObject): z.output<typeof logEntry>[] {
  return asJsonArray(answer.log)
    .filter(isJsonObject)
    .map(({ severity, message }) => ({
      severity: asString(severity) ?? '',
      message: asString(message) ?? '',
    }));
}

async function soundOf(answer: JsonObject, place: Place, context: CommandContext) {
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

function importFailed(filePath: string, log: readonly z.output<typeof logEntry>[]): WwiseFlowError {
  const reasons = log.filter(({ severity }) => /error/i.test(severity)).map(({ message }) => message);
  return new WwiseFlowError('IMPORT_FAILED', `Wwise did not import "${filePath}": ${reasons.join(' ')}`, {
    hint: 'Correct what the log names, then import again.',
    details: { filePath, log: log.map((entry) => ({ ...entry })) },
  });
}

function notPlaying(
  filePath: string,
  soundPath: string,
  log: readonly z.output<typeof logEntry>[],
): WwiseFlowError {
  return new WwiseFlowError(
    'IMPORT_FAILED',
    `After the import no source of "${soundPath}" plays "${filePath}".`,
    {
      hint: 'Look at the Sound with get_object and at details.log, then import again.',
      details: { filePath, sound: soundPath, log: log.map((entry) => ({ ...entry })) },
    },
  );
}
