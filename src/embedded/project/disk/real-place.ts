import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Where what is written at a path lies or would lie, whether or not it is there yet. A link to a file stays one: what it leads
 * to is written, whether or not that is there at the moment.
 */
export function realPlace(path: string, links = 0): string {
  const rest: string[] = [];
  for (let at = resolve(path); ; at = dirname(at)) {
    const stats = lstatSync(at, { throwIfNoEntry: false });
    if (stats === undefined && at !== dirname(at)) {
      rest.unshift(basename(at));
      continue;
    }
    try {
      return join(realpathSync(at), ...rest);
    } catch {
      // A link to what is not there yet: whoever writes would make it.
      if (stats?.isSymbolicLink() !== true || links >= mostLinks) return join(at, ...rest);
      return realPlace(join(resolve(dirname(at), readlinkSync(at)), ...rest), links + 1);
    }
  }
}

/** As Linux counts them. */
const mostLinks = 40;
