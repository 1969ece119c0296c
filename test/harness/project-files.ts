import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Work Units, project file and Originals below a folder, by name, byte for byte. */
export function projectFiles(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(wwu|wproj|wav)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.sort().map((file) => [relative(root, file), readFileSync(file, 'latin1')]));
}
