import { dirname, parse, relative, sep } from 'node:path';
import { z } from 'zod';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import { pageOutput } from '../../src/core/answers/page.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { importableEndings } from '../../src/wwise/audio/converting/convertible-audio.ts';
import {
  importCounts,
  importMany,
  importResult,
  languageField,
  shownResults,
} from '../../src/wwise/audio/importing/import-many.ts';
import { filesBelow } from '../../src/wwise/files/folder-files.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { localPath } from '../../src/wwise/objects/rows/text-fields.ts';
import { deletesWhatItImported } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';
import { extraFields, extraOutput, shownExtras, withExtras } from '../import_extras.ts';

/** Wwise takes more, but an answer with every result would not fit. */
const mostFiles = 1_000;

export const importFolder = defineCommand({
  name: 'import_folder',
  title: 'Import folder',
  description:
    'Import a directory tree: each subdirectory becomes a folder or container, each audio file a Sound in it. Preview first.',
  toolset: 'audio',
  effect: 'update',
  revert: deletesWhatItImported,
  memo: { never: 'What it imports is what the directory holds at the time.' },
  examples: [
    {
      title: 'See what importing a directory would make',
      input: { folderPath: '/audio/new', parentPath: '\\Containers\\Default Work Unit', preview: true },
    },
    {
      title: 'Import a directory',
      input: { folderPath: '/audio/new', parentPath: '\\Containers\\Default Work Unit' },
    },
  ],
  waapiCalls: ({ preview }) => (preview === true ? 1 : 14),
  input: z.strictObject({
    folderPath: localPath.describe('Absolute path.'),
    parentPath: objectField('Work Unit, folder or container.'),
    directoriesAs: z
      .enum([
        'Virtual Folder',
        'Actor-Mixer',
        'Random Container',
        'Sequence Container',
        'Switch Container',
        'Blend Container',
      ])
      .default('Virtual Folder')
      .describe('What a subdirectory becomes.'),
    language: languageField,
    mirrorOriginals: z.boolean().default(true).describe('The same subdirectories in Originals.'),
    preview: z.boolean().default(false).describe('Only report.'),
    ...extraFields,
  }),
  output: z.object({
    parent: leanRef,
    planned: z
      .array(z.object({ filePath: z.string(), objectPath: z.string() }))
      .optional()
      .describe('With preview.'),
    imported: z.int(),
    failed: z.int(),
    results: z.array(importResult),
    ...extraOutput,
    notice: z.string().nullable(),
    total: pageOutput.total,
  }),
  async run(input, context) {
    const { folderPath, parentPath, directoriesAs, language, mirrorOriginals, preview, ...extras } = input;
    const root = await context.readableFolder(folderPath);
    const parent = await findObject(parentPath, context);
    const files = await filesBelow(root, importableEndings);
    if (files.length === 0 || files.length > mostFiles) throw wrongCount(root, files.length);
    const { year } = await context.project();
    const type = directoriesAs === 'Actor-Mixer' && year >= 2025 ? 'Property Container' : directoriesAs;
    const items = files.map((filePath) => {
      const folders = relative(root, dirname(filePath))
        .split(sep)
        .filter((name) => name !== '');
      return {
        filePath,
        parentId: parent.id,
        parentPath: parent.path,
        objectPath: [...folders.map((name) => `<${type}>${name}`), parse(filePath).name].join('\\'),
        originalsSubFolder: mirrorOriginals ? folders.join('\\') : undefined,
      };
    });
    const base = { parent: refOf(parent.row), total: files.length };
    if (preview) {
      const room = answerRoom();
      const planned = room.take(
        'planned',
        items.map((item) => ({ filePath: item.filePath, objectPath: item.objectPath })),
      );
      const notice = room.notice('Preview its subdirectories to see all.');
      const nothing = { imported: 0, failed: 0, results: [] };
      return { ...base, planned, ...nothing, notice };
    }
    const [{ results, counts }, done] = await withExtras(
      extras,
      async () => {
        const all = await importMany(items, { language, importOperation: 'useExisting' }, context);
        return { results: all, counts: importCounts(all) };
      },
      (imported) => imported.results.flatMap(({ object }) => object ?? []),
      context,
    );
    return { ...base, ...counts, ...shownResults(results, 'useExisting'), ...shownExtras(done) };
  },
});

function wrongCount(folder: string, count: number): WwiseFlowError {
  const problem =
    count === 0
      ? `holds no audio file (*${importableEndings.join(', *')})`
      : `holds ${count} audio files, more than ${mostFiles}`;
  return new WwiseFlowError('INVALID_INPUT', `"${folder}" ${problem}.`, {
    hint: count === 0 ? 'Give the directory that holds the files.' : 'Import its subdirectories one by one.',
    details: { folder, files: count },
  });
}
