import { type Dirent, promises as fs } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import type { AudioFacts, FolderEntry, FolderListing } from '../../core/outside/outside.ts';
import { isTurnLong, nextTurn } from '../../core/turns/turns.ts';
import { readWaveFacts } from '../../core/wave/wave.ts';

/** The files of a folder by path, links left out: they may lead anywhere. Throws QUERY_TOO_LARGE beyond `listing.most`. */
export async function listFolder(folder: string, listing: FolderListing): Promise<readonly FolderEntry[]> {
  const found: FolderEntry[] = [];
  const folders = [folder];
  for (let at = folders.shift(); at !== undefined; at = folders.shift()) {
    for (const entry of await entriesOf(at)) {
      if (isTurnLong()) await nextTurn();
      const path = join(at, entry.name);
      if (entry.isDirectory() && listing.recursive) folders.push(path);
      if (!entry.isFile() || !isWanted(entry.name, listing)) continue;
      if (found.length === listing.most) throw tooMany(folder, listing.most);
      found.push(await entryOf(folder, path, entry.name, listing));
    }
  }
  return found.sort((a, b) => (a.relativePath < b.relativePath ? -1 : 1));
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await fs.readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw new WwiseFlowError('FILE_UNREADABLE', `The folder "${folder}" cannot be listed.`, {
      hint: 'Give a folder that this user may read.',
      details: { path: folder },
      cause,
    });
  }
}

function isWanted(name: string, { extensions }: FolderListing): boolean {
  return extensions === undefined || extensions.includes(extname(name).toLowerCase());
}

const waveExtensions: readonly string[] = ['.wav', '.wave', '.bwf'];

async function entryOf(
  folder: string,
  path: string,
  name: string,
  { withAudio }: FolderListing,
): Promise<FolderEntry> {
  const { size, mtime } = await fs.stat(path);
  const extension = extname(name).toLowerCase();
  return {
    path,
    name,
    relativePath: relative(folder, path).replaceAll(sep, '/'),
    extension,
    sizeBytes: size,
    modifiedAt: mtime.toISOString(),
    ...(withAudio && waveExtensions.includes(extension) ? audioOf(path) : { audio: null, problem: null }),
  };
}

function audioOf(path: string): { readonly audio: AudioFacts | null; readonly problem: string | null } {
  try {
    const { channels, sampleRate, bitsPerSample, durationSeconds } = readWaveFacts(path);
    return { audio: { channels, sampleRate, bitsPerSample, durationSeconds }, problem: null };
  } catch (thrown) {
    return { audio: null, problem: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

function tooMany(folder: string, most: number): WwiseFlowError {
  return new WwiseFlowError('QUERY_TOO_LARGE', `"${folder}" holds more than ${most} such files.`, {
    hint: 'Name a folder further down, or narrow it by "extensions".',
    details: { path: folder, most },
  });
}
