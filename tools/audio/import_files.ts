import { parse } from 'node:path';
import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { wires } from '../../src/bus/wiring.ts';
import {
  importCounts,
  importMany,
  importResult,
  languageField,
  shownResults,
} from '../../src/wwise/audio/import-many.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { leanRef } from '../../src/wwise/objects/lean-ref.ts';
import { nameField, objectField } from '../../src/wwise/objects/object-field.ts';
import { refOf } from '../../src/wwise/objects/object-row.ts';
import { localPath } from '../../src/wwise/objects/text-fields.ts';

export const importFiles = defineCommand({
  name: 'import_files',
  title: 'Import files',
  description:
    'Import many WAVE files as Sounds under one parent, with a result for each. For one file use audio_import, for a directory import_folder.',
  toolset: 'audio',
  effect: 'update',
  revert: {
    calls: 'What it made is deleted; of a Sound that was there, the new source.',
    except: 'A source that it replaced comes back through Undo in Wwise only.',
  },
  memo: { never: 'Its answer need not name every Sound, so not all of them could be checked.' },
  examples: [
    {
      title: 'Import two files as Sounds',
      input: {
        parentPath: '\\Containers\\Default Work Unit',
        files: [{ filePath: '/audio/Step_1.wav', name: 'Thud' }, { filePath: '/audio/Step_2.wav' }],
      },
    },
  ],
  waapiCalls: 3,
  input: z.strictObject({
    parentPath: objectField('Work Unit, folder or container.').register(wires, { kind: 'object' }),
    files: z
      .array(
        z.strictObject({
          filePath: localPath.describe('Absolute path of a WAVE file.'),
          name: nameField('Of the Sound. Default: the file name.').optional(),
        }),
      )
      .min(1)
      .max(500)
      .describe('At most 500.'),
    language: languageField,
    originalsSubFolder: z
      .string()
      .trim()
      .regex(/^[^:*?"<>|]*$/)
      .optional()
      .describe('Folder below Originals\\SFX or the language.'),
    importOperation: z
      .enum(['useExisting', 'createNew', 'replaceExisting'])
      .default('useExisting')
      .describe('When the Sound exists.'),
  }),
  output: z.object({
    parent: leanRef,
    imported: z.int(),
    failed: z.int(),
    results: z.array(importResult).describe('In the order of the files.'),
    notice: z.string().nullable(),
  }),
  async run({ parentPath, files, language, originalsSubFolder, importOperation }, context) {
    const parent = await findObject(parentPath, context);
    const items = files.map(({ filePath, name = parse(filePath).name }) => ({
      filePath,
      parentId: parent.id,
      parentPath: parent.path,
      objectPath: name,
      originalsSubFolder,
    }));
    const results = await importMany(items, { language, importOperation }, context);
    const counts = importCounts(results);
    return { parent: refOf(parent.row), ...counts, ...shownResults(results, importOperation) };
  },
});
