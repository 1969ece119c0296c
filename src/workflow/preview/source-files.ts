import { contentHash } from '../../core/files/content-hash.ts';
import type { Fingerprint } from './image.ts';

/** The content of every file outside the project that a preview read: what it showed holds for these only. */
export interface SourceFiles {
  /** A file is about to be read. */
  note(path: string): void;
  fingerprint(): Promise<Fingerprint>;
}

export function createSourceFiles(): SourceFiles {
  const marks = new Map<string, Promise<string>>();
  return {
    note: (path) => {
      if (!marks.has(path)) marks.set(path, markOf(path));
    },
    fingerprint: async () => {
      const entries: [string, string][] = [];
      for (const [path, mark] of marks) entries.push([path, await mark]);
      return Object.fromEntries(entries);
    },
  };
}

/** The state of the same files now. */
export async function sourcesNow(before: Fingerprint): Promise<Fingerprint> {
  const entries: [string, string][] = [];
  for (const path of Object.keys(before)) entries.push([path, await markOf(path)]);
  return Object.fromEntries(entries);
}

/** A file that is gone differs from every content. */
async function markOf(path: string): Promise<string> {
  return contentHash(path).catch(() => 'unreadable');
}
