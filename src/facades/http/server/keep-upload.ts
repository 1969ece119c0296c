import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the files of a workspace lie that its callers sent. */
export function uploadDir(stateDir: string, workspace: string): string {
  return join(stateDir, 'uploads', workspace);
}

/**
 * Writes a file that somebody sent into a folder of its own below `dir`, under its own name as far as that is safe; gives its
 * path. What lies there for more than a day is removed.
 */
export async function keepUpload(dir: string, name: string, content: Uint8Array): Promise<string> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await removeOld(dir);
  const folder = join(dir, randomBytes(8).toString('hex'));
  await mkdir(folder, { mode: 0o700 });
  const filePath = join(folder, safeName(name));
  await writeFile(filePath, content, { flag: 'wx', mode: 0o600 });
  return filePath;
}

const dayMs = 86_400_000;

async function removeOld(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    const folder = join(dir, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > dayMs) await rm(folder, { recursive: true, force: true });
  }
}

/** Letters, digits and a few signs of the last part of the name, as every file system takes them. */
function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const kept = last
    .replace(/[^\p{L}\p{N} ._()-]/gu, '_')
    .replace(/^\.+/, '')
    .replace(/[ .]+$/, '')
    .slice(-120);
  return kept === '' ? 'file' : kept;
}
