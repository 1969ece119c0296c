import { parse } from 'node:path';
import { z } from 'zod';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { refuseWide } from '../../src/core/dispatch/checks/confirmation.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asString, type JsonObject } from '../../src/core/json.ts';
import { nearest } from '../../src/core/text/nearest.ts';
import { importableEndings } from '../../src/wwise/audio/converting/convertible-audio.ts';
import {
  type ImportItem,
  type ImportResult,
  importCounts,
  importMany,
  importResult,
  languageField,
} from '../../src/wwise/audio/importing/import-many.ts';
import { originalPathExpression } from '../../src/wwise/audio/originals/original-path.ts';
import { filesBelow } from '../../src/wwise/files/folder-files.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import {
  createdRefOf,
  type FoundObject,
  type ObjectRef,
  refReturns,
} from '../../src/wwise/objects/rows/object-row.ts';
import { localPath } from '../../src/wwise/objects/rows/text-fields.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const replaceAudioByName = defineCommand({
  name: 'replace_audio_by_name',
  title: 'Replace audio by name',
  description:
    'Give existing Sounds new audio from a directory, matched by name, when new versions are delivered; settings stay. Files that match no Sound, or several, are listed.',
  toolset: 'audio',
  effect: 'update',
  asksWhenWide: true,
  revert: { never: `What a Sound played before comes back ${exactlyOrByUndo}` },
  memo: { never: 'Which Sounds it replaces depends on what the project and the directory hold at the time.' },
  reliesOnWholeProject: 'reports',
  examples: [
    {
      title: 'Deliver new versions by name',
      input: { folderPath: '/audio/new', root: '\\Containers\\Default Work Unit\\Steps' },
    },
  ],
  waapiCalls: 17,
  input: z.strictObject({
    folderPath: localPath.describe('Directory tree with the new files.'),
    root: objectField('Only below.'),
    language: languageField,
    preview: z.boolean().default(false).describe('Only report.'),
  }),
  output: z.object({
    matched: z
      .array(z.object({ filePath: z.string(), sound: z.string() }))
      .describe('File and path of the Sound.'),
    unmatched: z.array(z.string()).describe('Files without a Sound of their name.'),
    ambiguous: z.array(z.object({ filePath: z.string(), sounds: z.array(z.string()) })),
    imported: z.int(),
    failed: z.int(),
    results: z.array(importResult),
    notice: z.string().nullable(),
    ...unreadableOutput,
  }),
  async run({ folderPath, root, language, preview }, context) {
    const folder = await context.readableFolder(folderPath);
    const found = await findObject(root, context);
    const expression = originalPathExpression(await context.project());
    const rows = await askRows(
      `$ "${found.id}" select this, descendants where type = "Sound" or type = "AudioFileSource"`,
      [...refReturns, 'parent', expression],
      context,
    );
    const sounds = rows.map(createdRefOf).filter(({ type }) => type === 'Sound');
    const folders = originalsFolders(rows, expression, language);
    const items: ImportItem[] = [];
    const matched: { filePath: string; sound: string }[] = [];
    const unmatched: string[] = [];
    const ambiguous: { filePath: string; sounds: string[] }[] = [];
    const files = await filesBelow(folder, importableEndings);
    if (files.length === 0) throw noFiles(folderPath);
    for (const filePath of files) {
      const name = parse(filePath).name.toLowerCase();
      const [sound, ...others] = sounds.filter((one) => one.name.toLowerCase() === name);
      if (sound === undefined) unmatched.push(filePath);
      else if (others.length > 0)
        ambiguous.push({ filePath, sounds: [sound, ...others].map(({ path }) => path) });
      else {
        matched.push({ filePath, sound: sound.path });
        const parentPath = sound.path.split('\\').slice(0, -1).join('\\');
        const originalsSubFolder = folders.get(sound.id);
        items.push({
          filePath,
          parentId: sound.parentId,
          parentPath,
          objectPath: sound.name,
          originalsSubFolder,
        });
      }
    }
    if (!preview) refuseWide(items.length, 'replace_audio_by_name', context);
    const results = preview
      ? []
      : await importMany(items, { language, importOperation: 'useExisting' }, context);
    const room = answerRoom();
    return {
      ...importCounts(results),
      results: room.take('results', failuresFirst(results), 0.5),
      unmatched: room.take('unmatched', unmatched, 0.2),
      ambiguous: room.take('ambiguous', ambiguous, 0.2),
      matched: room.take('matched', matched),
      notice:
        items.length === 0
          ? noneMatches(found, files.length, unmatched, sounds)
          : room.notice('Replace by smaller directories, or below a smaller root, to see all.'),
    };
  },
});

/** By Sound: the folder of the Originals that its present file in this language lies in. The new one goes there too. */
function originalsFolders(rows: readonly JsonObject[], expression: string, language: string) {
  const root = `/originals/${language === 'SFX' ? 'sfx' : `voices/${language.toLowerCase()}`}/`;
  const folders = new Map<string, string>();
  for (const row of rows) {
    if (row.type !== 'AudioFileSource') continue;
    const path = (asString(row[expression]) ?? '').replaceAll('\\', '/');
    const start = path.toLowerCase().indexOf(root);
    if (start < 0) continue;
    const below = path.slice(start + root.length).split('/');
    folders.set(createdRefOf(row).parentId, below.slice(0, -1).join('\\'));
  }
  return folders;
}

function failuresFirst(results: readonly ImportResult[]): ImportResult[] {
  return results.toSorted((a, b) => Number(a.ok) - Number(b.ok));
}

function noFiles(folder: string): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `"${folder}" holds no audio file (*${importableEndings.join(', *')}).`,
    {
      hint: 'Give the directory that holds the files.',
      details: { folder },
    },
  );
}

/** Said instead of failing: a delivery without a match is no reason to stop the workflow it is part of. */
function noneMatches(
  root: FoundObject,
  files: number,
  unmatched: readonly string[],
  sounds: readonly ObjectRef[],
): string {
  const names = sounds.map(({ name }) => name);
  const why =
    unmatched.length === 0
      ? 'each file has the name of several Sounds'
      : `none of ${files} files has the name of just one Sound`;
  const near = unmatched.slice(0, 5).flatMap((filePath) => {
    const candidates = nearest(parse(filePath).name, names);
    return candidates.length === 0 ? [] : [`${parse(filePath).base}: ${candidates.join(' or ')}`];
  });
  const nearestNames = near.length === 0 ? '' : ` The nearest Sounds: ${near.join('; ')}.`;
  return `Nothing was replaced below "${root.path}": ${why}.${nearestNames} Rename the files or the Sounds, or give another root.`;
}
