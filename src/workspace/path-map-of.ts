import { existsSync, realpathSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import type { PathMap } from '../wwise/files/path-map.ts';

/** Wwise may see files elsewhere than this process does. */
export async function pathMapOf({ paths }: Config): Promise<PathMap> {
  const { createPathMap } = await import('../wwise/files/path-map.ts');
  // Files are named by their real paths, so that folders behind links must be known by both.
  const table = paths.table.flatMap((pair) => {
    const real = existsSync(pair.local) ? realpathSync(pair.local) : pair.local;
    return real === pair.local ? [pair] : [pair, { ...pair, local: real }];
  });
  return createPathMap({ ...paths, table });
}
