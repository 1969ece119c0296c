import { z } from 'zod';
import { wires } from '../../src/core/wiring.ts';
import { importLogEntry } from '../../src/wwise/audio/importing/import-log.ts';
import { importsAudio } from '../../src/wwise/audio/importing/imports-audio.ts';
import { originalsFolderField } from '../../src/wwise/audio/originals/originals-folder-field.ts';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { objectDesignator, objectName } from '../../src/wwise/objects/finding/object-designator.ts';
import { createdRef, objectRef } from '../../src/wwise/objects/rows/object-row.ts';
import { deletesWhatItImported } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';
import {
  completeExtras,
  extraFields,
  extraOutput,
  extrasHeld,
  hasExtras,
  withExtras,
} from '../import_extras.ts';

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
  ...extraOutput,
});

const imports = importsAudio();

export const audioImport = defineCommand({
  name: 'audio_import',
  title: 'Import audio',
  description:
    'Import one WAVE file into a Sound (objectId) or a new one (parentPath, name); Wwise copies it into the Originals. For many files use import_files.',
  toolset: 'audio',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItImported,
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
  waapiCalls: 12,
  input: z
    .strictObject({
      filePath: z
        .string()
        .trim()
        .min(1)
        .max(4_000)
        .describe('WAVE, AIFF, FLAC, MP3 or Ogg file, absolute.')
        .register(wires, { kind: 'file' }),
      objectId: objectDesignator('The Sound that plays it.')
        .optional()
        .register(wires, { kind: 'object', types: ['Sound'] }),
      parentPath: objectDesignator('Or: the parent of the Sound.').optional(),
      name: objectName('Default: the file name.').optional(),
      language: z.string().trim().min(1).optional().describe('Of a Sound Voice. Default: SFX.'),
      originalsSubFolder: originalsFolderField('Folder in the Originals.'),
      importOperation: z
        .enum(['useExisting', 'createNew', 'replaceExisting'])
        .default('useExisting')
        .describe('When the Sound exists.'),
      ...extraFields,
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
  inputFiles: ({ filePath }) => [filePath],
  writtenFiles: ({ files }) => files,
  achieved: ({ objectId, parentPath, ...extras }, { object, source, events, soundbank }) => [
    { kind: 'exists', id: object.id, type: 'Sound', parentId: object.parentId },
    { kind: 'exists', id: source.id, type: source.type, parentId: object.id },
    { kind: 'plays', id: source.id, contentHash: source.sha256 },
    ...(objectId === undefined ? [] : stillNamed(objectId, object.id)),
    ...(parentPath === undefined ? [] : stillNamed(parentPath, object.parentId)),
    ...extrasHeld(object.id, extras, { events, soundbank }),
  ],
  async run(input, context) {
    const [imported, done] = await withExtras(
      input,
      () => imports.run(input, context),
      ({ object }) => [object],
      context,
    );
    return { ...imported, ...done };
  },
  before: imports.before,
  async settle(input, before, context) {
    const imported = await imports.settle(input, before, context);
    return imported === null
      ? null
      : { ...imported, ...(await completeExtras([imported.object], input, context)) };
  },
  batch: {
    ...imports.batch,
    // What is done beyond the import takes calls of its own.
    accepts: (raw) => !hasExtras(raw) && imports.batch.accepts?.(raw) !== false,
  },
});
