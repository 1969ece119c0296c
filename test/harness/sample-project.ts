import { chmodSync, cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sharedDir } from './shared.ts';

/** Where the projects that Wwise saved lie; may be absent. */
export const samplesDir: string = join(sharedDir, 'wwise-projects');

/** A writable copy of a sample project below `folder`; gives its directory. */
export function copySample(name: string, folder: string): string {
  const copy = join(folder, name);
  cpSync(join(samplesDir, name), copy, { recursive: true });
  makeWritable(copy);
  return copy;
}

function makeWritable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeWritable(path);
    else chmodSync(path, 0o644);
  }
}
