import { statfsSync } from 'node:fs';

/** How much of the disk of a folder is in use, 0 to 1; undefined where that cannot be known. */
export function diskUse(folder: string): number | undefined {
  try {
    const { blocks, bavail } = statfsSync(folder);
    return blocks === 0 ? undefined : 1 - bavail / blocks;
  } catch {
    return undefined;
  }
}
