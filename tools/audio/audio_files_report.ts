import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { createFileLook } from '../../src/core/files/files-in-folders.ts';
import { folderIsSeen } from '../../src/core/files/folder-is-seen.ts';
import { flatMapInTurns, visitInTurns } from '../../src/core/turns/turns.ts';
import { audioSources, pluginMedia } from '../../src/wwise/audio/originals/audio-sources.ts';
import { filesBelow } from '../../src/wwise/files/folder-files.ts';
import { isLfsPointer } from '../../src/wwise/files/lfs-pointer.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const audioFilesReport = defineCommand({
  name: 'audio_files_report',
  title: 'Audio files report',
  description:
    'Compare the Originals with the project: files in use, files no source plays (unused; never those of plug-ins), sources without a file (missing), Git LFS pointers instead of audio (pointers).',
  toolset: 'audio',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [{ title: 'Find sources without a file', input: {} }],
  waapiCalls: 2,
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
  async run(input, context) {
    const { show } = input;
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
    const onDisk = existsSync(originalsDir) ? await filesBelow(originalsDir, ['.wav']) : [];
    const present = new Set(onDisk.map(key));
    const all = [...played.values()];
    // A source may play a file outside Originals.
    const isElsewhere = createFileLook();
    const missing: typeof all = [];
    const inUse: typeof all = [];
    await visitInTurns(all, (entry) => {
      const isThere = present.has(key(entry.path)) || isElsewhere(entry.path);
      (isThere ? inUse : missing).push(entry);
    });
    const plugins = await pluginFiles(onDisk, originalsDir, context);
    const unused = onDisk
      .filter((path) => !played.has(key(path)) && !plugins.has(key(path)))
      .map((path) => ({ path, sources: [] }));
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
    const { items, ...rest } = page('audio_files_report', input, lists[show], shown);
    return {
      originalsDir,
      counts: {
        used: lists.used.length,
        unused: lists.unused.length,
        missing: lists.missing.length,
        pointers: lists.pointers.length,
      },
      files: items.map(shown),
      ...rest,
    };
  },
});

/**
 * What plug-ins read, and all that lies where they keep their files: what a plug-in would miss is not known. Those that
 * something in the project names are in use wherever they are.
 */
async function pluginFiles(
  onDisk: readonly string[],
  originalsDir: string,
  context: Parameters<typeof pluginMedia>[0],
): Promise<ReadonlySet<string>> {
  const named = (await pluginMedia(context)).map(({ filePath }) => key(filePath));
  const folder = key(join(originalsDir, 'Plugins', sep));
  return new Set([...named, ...onDisk.map(key).filter((path) => path.startsWith(folder))]);
}

/** Windows and Mac do not distinguish case, and projects travel. */
function key(path: string): string {
  return path.replaceAll('\\', '/').toLowerCase();
}
