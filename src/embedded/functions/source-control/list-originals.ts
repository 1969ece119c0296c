import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { WwiseObject } from '../../model/model.ts';
import type { OpenedProject } from '../../project/opened-project.ts';

/** A folder or a file below Originals; paths are relative to it, with backslashes. */
export type SourceEntry =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'file';
      readonly path: string;
      /** The objects that play it. */
      readonly users: readonly WwiseObject[];
      /** True: it is used, but not there. */
      readonly isMissing: boolean;
    };

interface Scope {
  /** Relative to Originals; empty: all of it. */
  readonly folder: string;
  readonly recursive: boolean;
}

/** What lies in the Originals, depth first by name, then what is used but missing. Caches Wwise keeps there (.akd) are left out. */
export function listOriginals(project: OpenedProject, { folder, recursive }: Scope): readonly SourceEntry[] {
  const { model, originalsDir } = project;
  const usersByPath = new Map<string, { readonly path: string; readonly users: WwiseObject[] }>();
  for (const source of [...model.ofType('AudioFileSource'), ...model.ofType('MidiFileSource')]) {
    const file = model.audioFile(source);
    if (file === undefined) continue;
    const path = toWindows(relative(originalsDir, file.absolutePath));
    const known = usersByPath.get(path.toLowerCase());
    if (known === undefined) usersByPath.set(path.toLowerCase(), { path, users: [source] });
    else known.users.push(source);
  }

  const within = folder.split(/[\\/]/).filter((name) => name !== '' && name !== '.');
  if (within.includes('..') || isAbsolute(folder)) return [];
  const start = within.join('\\');
  const entries: SourceEntry[] = [];
  const seen = new Set<string>();
  visit(start);
  for (const [key, { path, users }] of usersByPath) {
    if (!seen.has(key) && isInside(path)) entries.push({ kind: 'file', path, users, isMissing: true });
  }
  return entries;

  function visit(at: string): void {
    const directory = join(originalsDir, ...at.split('\\'));
    if (!existsSync(directory)) return;
    const items = readdirSync(directory, { withFileTypes: true });
    for (const item of items.sort((a, b) => a.name.localeCompare(b.name, 'en'))) {
      const path = at === '' ? item.name : `${at}\\${item.name}`;
      if (item.isDirectory()) {
        entries.push({ kind: 'folder', path });
        if (recursive) visit(path);
      } else if (item.isFile() && !item.name.toLowerCase().endsWith('.akd')) {
        const key = path.toLowerCase();
        seen.add(key);
        entries.push({ kind: 'file', path, users: usersByPath.get(key)?.users ?? [], isMissing: false });
      }
    }
  }

  function isInside(path: string): boolean {
    const prefix = start === '' ? '' : `${start.toLowerCase()}\\`;
    if (!path.toLowerCase().startsWith(prefix)) return false;
    return recursive || !path.slice(prefix.length).includes('\\');
  }
}

function toWindows(path: string): string {
  return path.split(sep).join('\\');
}
