import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every file of what is built and of the demo, by its path in the repository. */
export const files = ['src', 'tools', 'demo'].flatMap((folder) => listFiles(folder));
export const sources = files.filter((file) => file.endsWith('.ts'));
/** Without the demo. */
export const ours = sources.filter((file) => !file.startsWith('demo/'));

/** Of the page, which is built by itself. */
export const webSources = listFiles('web').filter((file) => /\.tsx?$/.test(file));

/** The file without comments, so that a word in prose is no offence. */
export function code(file: string): string {
  return text(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

export function text(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** Paths in the repository, sorted; none where the folder is missing. */
export function listFiles(folder: string): string[] {
  const absolute = join(root, folder);
  try {
    return readdirSync(absolute, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(dirname(absolute).length + 1)
          .replaceAll('\\', '/'),
      )
      .sort();
  } catch {
    return [];
  }
}
