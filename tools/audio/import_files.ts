import { parse } from 'node:path';
import { z } from 'zod';
import { wires } from '../../src/core/wiring.ts';
import {
  importCounts,
  importMany,
  importResult,
  languageField,
  shownResults,
} from '../../src/wwise/audio/importing/import-many.ts';
import { originalsFolderField } from '../../src/wwise/audio/originals/originals-folder-field.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { nameField, objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { localPath } from '../../src/wwise/objects/rows/text-fields.ts';
import { deletesWhatItImported } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';
import { extraFields, extraOutput, shownExtras, withExtras } from '../import_extras.ts';

export const importFiles = defineCommand({
  name: 'import_files',
  title: 'Import files',
  description:
    'Import many WAVE files as Sounds under one parent, with a result for each. For one file use audio_import, for a directory import_folder.',
  toolset: 'audio',
  effect: 'update',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItImported,
  memo: { never: 'Its answer need not name every Sound, so not all of them could be checked.' },
  examples: [
    {
      title: 'Import two files as Sounds',
      input: {
        parentPath: '\\Containers\\Default Work Unit',
        files: [{ filePath: '/audio/Step_1.wav', name: 'Thud' }, { filePath: '/audio/Step_2.wav' }],
      },
    },
    {
      title: 'Import a file quieter, on a bus, with an Event in a bank',
      input: {
        parentPath: '\\Containers\\Default Work Unit',
        files: [{ filePath: '/audio/Step_1.wav', name: 'Thud' }],
        properties: { Volume: -6 },
        busPath: 'Bus:Sfx',
        event: 'Play_{name}',
        soundbank: 'SoundBank:Main',
      },
    },
  ],
  waapiCalls: 11,
  input: z.strictObject({
    parentPath: objectField('Work Unit, folder or container.').register(wires, { kind: 'object' }),
    files: z
      .array(
        z.strictObject({
          filePath: localPath.describe('WAVE, AIFF, FLAC, MP3 or Ogg, absolute.'),
          name: nameField('Of the Sound. Default: the file name.').optional(),
        }),
      )
      .min(1)
      .max(500)
      .describe('At most 500.'),
    language: languageField,
    originalsSubFolder: originalsFolderField('Folder below Originals\\SFX or the language.'),
    importOperation: z
      .enum(['useExisting', 'createNew', 'replaceExisting'])
      .default('useExisting')
      .describe('When the Sound exists.'),
    ...extraFields,
  }),
  output: z.object({
    parent: leanRef,
    imported: z.int(),
    failed: z.int(),
    results: z.array(importResult).describe('In the order of the files.'),
    ...extraOutput,
    notice: z.string().nullable(),
  }),
  async run({ parentPath, files, language, originalsSubFolder, importOperation, ...extras }, context) {
    const parent = await findObject(parentPath, context);
    const items = files.map(({ filePath, name = parse(filePath).name }) => ({
      filePath,
      parentId: parent.id,
      parentPath: parent.path,
      objectPath: name,
      originalsSubFolder,
    }));
    const [{ results, counts }, done] = await withExtras(
      extras,
      async () => {
        const all = await importMany(items, { language, importOperation }, context);
        return { results: all, counts: importCounts(all) };
      },
      (imported) => imported.results.flatMap(({ object }) => object ?? []),
      context,
    );
    return {
      parent: refOf(parent.row),
      ...counts,
      ...shownResults(results, importOperation),
      ...shownExtras(done),
    };
  },
});
