import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';

/** More files than this in one tree are not one job for an agent. */
const mostFiles = 50_000;

/**
 * Absolute paths of the files below a folder whose name ends in one of these ways (without case), in name order. Links are not
 * followed, and hidden folders of our own are not looked into.
 * Throws FILE_UNREADABLE when the folder cannot be read, INVALID_INPUT when it holds too many files.
 */
export async function filesBelow(folder: string, endings: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const waiting = [folder];
  for (let dir = waiting.pop(); dir !== undefined; dir = waiting.pop()) {
    for (const entry of await entriesOf(dir)) {
      const path = join(dir, entry.name);
      const name = entry.name.toLowerCase();
      if (entry.isDirectory()) {
        if (!name.startsWith('.wwiseflow-')) waiting.push(path);
      } else if (entry.isFile() && endings.some((ending) => name.endsWith(ending))) found.push(path);
    }
    if (found.length > mostFiles) {
      throw new WwiseFlowError(
        'INVALID_INPUT',
        `"${folder}" holds more than ${mostFiles} files *${endings.join(', *')}.`,
        {
          hint: 'Give one of its subfolders.',
          details: { folder },
        },
      );
    }
  }
  return found.sort();
}

async function entriesOf(dir: string) {
  try {
    return await readdir(dir, { withFileTypes: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WwiseFlowError('FILE_UNREADABLE', `The folder "${dir}" cannot be read: ${reason}.`, {
      hint: 'Check that it exists on this machine and may be read by this user.',
      details: { dir },
      cause,
    });
  }
}
