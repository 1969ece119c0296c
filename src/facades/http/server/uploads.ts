import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WwiseFlowError } from '../../../core/errors.ts';

/** Where the files of a workspace lie that its callers sent. */
export function uploadDir(stateDir: string, workspace: string): string {
  return join(stateDir, 'uploads', workspace);
}

/** The files that callers sent, below the state directory. */
export interface Uploads {
  /**
   * Writes a file into a folder of its own, under its own name as far as that is safe; gives its path. What lies there for more
   * than a day is removed. Rejects with PAYLOAD_TOO_LARGE where a workspace has sent too much within that time.
   */
  keep(workspace: string, name: string, content: Uint8Array): Promise<string>;
}

export interface UploadBounds {
  readonly files: number;
  readonly bytes: number;
}

/** `most`: of one workspace. */
export function createUploads(stateDir: string, most: UploadBounds = usualBounds): Uploads {
  const known = new Map<string, Kept>();

  /** Looks at the folder once in a while: with every file that is sent, it would take longer the more there are. */
  const keptIn = (dir: string): Kept => {
    const before = known.get(dir);
    if (before !== undefined && Date.now() - before.atMs < hourMs) return before;
    const kept: Kept = { atMs: Date.now(), files: 0, bytes: 0, counted: Promise.resolve() };
    known.set(dir, kept);
    kept.counted = countAndRemoveOld(dir, kept).catch((thrown: unknown) => {
      known.delete(dir);
      throw thrown;
    });
    return kept;
  };

  return {
    async keep(workspace, name, content) {
      const dir = uploadDir(stateDir, workspace);
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const kept = keptIn(dir);
      await kept.counted;
      if (kept.files >= most.files || kept.bytes + content.length > most.bytes) throw tooMuch(most);
      kept.files += 1;
      kept.bytes += content.length;
      const folder = join(dir, randomBytes(8).toString('hex'));
      await mkdir(folder, { mode: 0o700 });
      const filePath = join(folder, safeName(name));
      await writeFile(filePath, content, { flag: 'wx', mode: 0o600 });
      return filePath;
    },
  };
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const usualBounds: UploadBounds = { files: 100_000, bytes: 16 * 1024 ** 3 };

/** What a workspace sent, as far as it has been counted. */
interface Kept {
  readonly atMs: number;
  files: number;
  bytes: number;
  counted: Promise<void>;
}

async function countAndRemoveOld(dir: string, kept: Kept): Promise<void> {
  for (const name of await readdir(dir)) {
    const folder = join(dir, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > dayMs) {
      await rm(folder, { recursive: true, force: true });
      continue;
    }
    kept.files += 1;
    for (const file of await readdir(folder).catch(() => []))
      kept.bytes += (await stat(join(folder, file)).catch(() => ({ size: 0 }))).size;
  }
}

function tooMuch({ files, bytes }: UploadBounds): WwiseFlowError {
  const message = `This workspace has sent ${files} files or ${bytes} bytes within a day: no more is kept.`;
  return new WwiseFlowError('PAYLOAD_TOO_LARGE', message, {
    hint: 'Files are removed a day after they were sent. Whoever runs the server can remove them from the folder uploads of its state directory.',
    details: { mostFiles: files, mostBytes: bytes },
  });
}

/** Letters, digits and a few signs of the last part of the name, as every file system takes them. */
function safeName(name: string): string {
  // Whoever sends it may call it by as much as a form holds.
  const last = name.slice(-1_000).split(/[\\/]/).at(-1) ?? '';
  const kept = last
    .replace(/[^\p{L}\p{N} ._()-]/gu, '_')
    .replace(/^\.+/, '')
    .replace(/[ .]+$/, '')
    .slice(-120);
  return kept === '' ? 'file' : kept;
}
