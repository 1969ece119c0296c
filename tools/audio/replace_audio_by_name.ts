import { parse } from 'node:path';
import { z } from 'zod';
import { type ImportItem, importMany, importResult, languageField } from '../../src/bus/audio/import-many.ts';
import { defineCommand } from '../../src/bus/command.ts';
import { filesBelow } from '../../src/bus/files/folder-files.ts';
import { askRows } from '../../src/bus/objects/ask-rows.ts';
import { findObject } from '../../src/bus/objects/find-object.ts';
import { objectField } from '../../src/bus/objects/object-field.ts';
import { createdRefOf, refReturns } from '../../src/bus/objects/object-row.ts';
import { localPath } from '../../src/bus/objects/text-fields.ts';

export const replaceAudioByName = defineCommand({
  name: 'replace_audio_by_name',
  title: 'Replace audio by name',
  description:
    'Give existing Sounds new audio from a directory, matched by name, when new versions are delivered; settings stay. Files that match no Sound, or several, are listed.',
  toolset: 'audio',
  effect: 'update',
  examples: [
    {
      title: 'Deliver new versions by name',
      input: { folderPath: '/audio/new', root: '\\Containers\\Default Work Unit\\Steps' },
    },
  ],
  waapiCalls: 4,
  input: z.strictObject({
    folderPath: localPath.describe('Directory tree with the new files.'),
    root: objectField('Only below.'),
    language: languageField,
    preview: z.boolean().default(false).describe('Only tell.'),
  }),
  output: z.object({
    matched: z
      .array(z.object({ filePath: z.string(), sound: z.string() }))
      .describe('File and path of the Sound.'),
    unmatched: z.array(z.string()).describe('Files without a Sound of their name.'),
    ambiguous: z.array(z.object({ filePath: z.string(), sounds: z.array(z.string()) })),
    imported: z.int(),
    results: z.array(importResult),
  }),
  async run({ folderPath, root, language, preview }, context) {
    const folder = await context.readableFolder(folderPath);
    const found = await findObject(root, context);
    const rows = await askRows(
      `$ "${found.id}" select this, descendants where type = "Sound"`,
      [...refReturns, 'parent'],
      context,
    );
    const sounds = rows.map(createdRefOf);
    const items: ImportItem[] = [];
    const matched: { filePath: string; sound: string }[] = [];
    const unmatched: string[] = [];
    const ambiguous: { filePath: string; sounds: string[] }[] = [];
    for (const filePath of await filesBelow(folder, '.wav')) {
      const name = parse(filePath).name.toLowerCase();
      const [sound, ...others] = sounds.filter((one) => one.name.toLowerCase() === name);
      if (sound === undefined) unmatched.push(filePath);
      else if (others.length > 0)
        ambiguous.push({ filePath, sounds: [sound, ...others].map(({ path }) => path) });
      else {
        matched.push({ filePath, sound: sound.path });
        const parentPath = sound.path.split('\\').slice(0, -1).join('\\');
        items.push({ filePath, parentId: sound.parentId, parentPath, objectPath: sound.name });
      }
    }
    const results =
      preview || items.length === 0
        ? []
        : await importMany(items, { language, importOperation: 'useExisting' }, context);
    return { matched, unmatched, ambiguous, imported: results.filter(({ ok }) => ok).length, results };
  },
});
