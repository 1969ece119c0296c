import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { OpenedProject } from '../../src/embedded/project/opened-project.ts';

/** Work Units, project file and Originals below a folder, by name, byte for byte. */
export function projectFiles(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(wwu|wproj|wav)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.sort().map((file) => [relative(root, file), readFileSync(file, 'latin1')]));
}

/** The bytes of the project file and the Work Units, by name. */
export function savedFiles(projectPath: string): ReadonlyMap<string, Buffer> {
  const folder = dirname(projectPath);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names
      .filter((name) => /\.(wproj|wwu)$/.test(name))
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}

/** Names of the files whose bytes differ, with the first line that does. */
export function differingFiles(
  after: ReadonlyMap<string, Buffer>,
  before: ReadonlyMap<string, Buffer>,
): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    if (before.get(name)?.equals(after.get(name) ?? Buffer.alloc(0))) return [];
    const now = after.get(name)?.toString().split('\n') ?? [];
    const was = before.get(name)?.toString().split('\n') ?? [];
    const at = was.findIndex((line, index) => line !== now[index]);
    return [`${name}:${at + 1}: ${now[at]} instead of ${was[at]}`];
  });
}

/** Undoes step by step until there is nothing left to undo. */
export function undoAll(project: OpenedProject): void {
  for (;;) {
    try {
      project.undo.undo();
    } catch {
      return;
    }
  }
}
