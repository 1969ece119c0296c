import { readWaveLevels } from '../audio/levels/wave-levels.ts';
import type { ObjectRef } from '../objects/rows/object-row.ts';
import type { CommandContext } from '../wwise-command.ts';
import { lintedSources } from './audio-sources.ts';
import type { Check } from './rules.ts';

/**
 * Audio sources whose original is louder or quieter than the target, or than most. Each file is measured once; silent and
 * unreadable ones are another rule's.
 */
export const loudness: Check = async ({ loudness: { targetLufs, toleranceLu } }, context) => {
  const measured = new Map<string, number | null>();
  const sources: { readonly object: ObjectRef; readonly lufs: number }[] = [];
  for (const { object, path } of await lintedSources(context)) {
    if (!measured.has(path)) measured.set(path, await lufsOf(path, context));
    const lufs = measured.get(path);
    if (typeof lufs === 'number') sources.push({ object, lufs });
  }
  const wanted = targetLufs ?? median(sources.map(({ lufs }) => lufs));
  return sources
    .filter(({ lufs }) => Math.abs(lufs - wanted) > toleranceLu)
    .map(({ object, lufs }) => ({
      object,
      message: `${lufs.toFixed(1)} LUFS instead of ${wanted.toFixed(1)} within ${toleranceLu} LU.`,
    }));
};

async function lufsOf(path: string, { signal }: CommandContext): Promise<number | null> {
  try {
    return (await readWaveLevels(path, -60, signal)).integratedLufs;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
