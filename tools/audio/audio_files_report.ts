import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { fittedPage } from '../../src/core/answers/fitted-page.ts';
import { pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { flatMapInTurns, visitInTurns } from '../../src/core/turns.ts';
import { audioSources } from '../../src/wwise/audio/audio-sources.ts';
import { filesBelow } from '../../src/wwise/files/folder-files.ts';
import { folderIsSeen } from '../../src/wwise/files/folder-is-seen.ts';
import { isLfsPointer } from '../../src/wwise/files/lfs-pointer.ts';
import { unreadableOutput } from '../../src/wwise/files/project-files.ts';
import { leanRef } from '../../src/wwise/objects/lean-ref.ts';

export const audioFilesReport = defineCommand({
  name: 'audio_files_report',
  title: 'Audio files report',
  description:
    'Compare the Originals with the project: files in use, files no source plays (unused), sources without a file (missing), Git LFS pointers instead of audio (pointers).',
  toolset: 'audio',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [{ title: 'Find sources without a file', input: {} }],
  waapiCalls: 1,
  input: z.strictObject({
    show: z
      .enum(['missing', 'unused', 'used', 'pointers'])
      .default('missing')
      .describe('Which to list; all are counted.'),
    ...pageInput,
  }),
  output: z.object({
    originalsDir: z.string(),
    counts: z.object({ used: z.int(), unused: z.int(), missing: z.int(), pointers: z.int() }),
    files: z.array(
      z.object({
        file: z.string().describe('Relative to Originals.'),
        sources: z.array(leanRef).describe('What plays it.'),
      }),
    ),
    ...pageOutput,
    ...unreadableOutput,
  }),
  async run({ show, ...wanted }, context) {
    const { originalsDir } = await context.project();
    if (!folderIsSeen(originalsDir)) {
      throw new WwiseFlowError(
        'FILE_NOT_FOUND',
        `The Originals folder "${originalsDir}" is not seen from here.`,
        {
          hint: 'Start the server on the machine of Wwise, or share the folder and add --map-path LOCAL=WWISE.',
          details: { originalsDir },
        },
      );
    }
    const played = new Map<string, { path: string; sources: z.output<typeof leanRef>[] }>();
    await visitInTurns(await audioSources(undefined, context), ({ source, filePath }) => {
      if (filePath === '') return;
      const entry = played.get(key(filePath)) ?? { path: filePath, sources: [] };
      entry.sources.push(source);
      played.set(key(filePath), entry);
    });
    const onDisk = existsSync(originalsDir) ? await filesBelow(originalsDir, '.wav') : [];
    const present = new Set(onDisk.map(key));
    const all = [...played.values()];
    // A source may play a file outside Originals.
    const missing: typeof all = [];
    const inUse: typeof all = [];
    await visitInTurns(all, (entry) => {
      const isThere = present.has(key(entry.path)) || existsSync(entry.path);
      (isThere ? inUse : missing).push(entry);
    });
    const unused = onDisk.filter((path) => !played.has(key(path))).map((path) => ({ path, sources: [] }));
    const lists = {
      missing,
      used: inUse,
      unused,
      // They stand in the place of files that were not fetched, and are counted among those as well.
      pointers: await flatMapInTurns([...inUse, ...unused], (entry) =>
        isLfsPointer(entry.path) ? [entry] : [],
      ),
    };
    const shown = ({ path, sources }: (typeof lists)[typeof show][number]) => ({
      file: relative(originalsDir, path),
      sources: sources.slice(0, 20),
    });
    const { items, ...page } = fittedPage(lists[show], wanted, shown);
    return {
      originalsDir,
      counts: {
        used: lists.used.length,
        unused: lists.unused.length,
        missing: lists.missing.length,
        pointers: lists.pointers.length,
      },
      files: items.map(shown),
      ...page,
    };
  },
});

/** Windows and Mac do not tell case apart, and projects travel. */
function key(path: string): string {
  return path.replaceAll('\\', '/').toLowerCase();
}
