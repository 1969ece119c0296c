import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import { z } from 'zod';
import { readRegularFile } from '../../../core/files/regular-file.ts';
import { isWorkInProgress } from './set-aside.ts';

/** What a run knows about the Originals folder, in a file of its own directory. */
export interface OriginalsRecord {
  readonly root: string;
  /** Every file that lay there before the run. */
  readonly files: readonly string[];
  /** Where the copy of an original is that could be overwritten. */
  readonly kept: Record<string, string>;
  /** GUIDs of the sources that played such an original before; left out where they could not be asked. */
  readonly players: Record<string, readonly string[]>;
  /** SHA-256 by path of each file handed in. */
  readonly imported: Record<string, string>;
  /** Originals that a rollback has set aside, and under which name: it may have been killed. */
  readonly aside: Record<string, string>;
}

const recordShape: z.ZodType<OriginalsRecord> = z.object({
  root: z.string(),
  files: z.array(z.string()),
  kept: z.record(z.string(), z.string()),
  // Records of earlier versions have neither.
  players: z.record(z.string(), z.array(z.string())).default({}),
  imported: z.record(z.string(), z.string()),
  aside: z.record(z.string(), z.string()).default({}),
});

/** The record in a run's directory; undefined where there is none that can be read. */
export function readRecord(dir: string): OriginalsRecord | undefined {
  if (!existsSync(recordPath(dir))) return undefined;
  try {
    const parsed = recordShape.safeParse(JSON.parse(readRegularFile(recordPath(dir)).toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Written whole or not at all. */
export function writeRecord(dir: string, record: OriginalsRecord): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const temporary = `${recordPath(dir)}.new`;
  writeFileSync(temporary, JSON.stringify(record), { mode: 0o600 });
  renameSync(temporary, recordPath(dir));
}

function recordPath(dir: string): string {
  return join(dir, 'originals.json');
}

/** Every file below a folder, but for what is being written or taken away; none when it is not there. */
export function listFiles(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !isWorkInProgress(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Names compare without case, as on the machines such projects are made on. */
export function keyOf(path: string): string {
  return resolve(path).toLowerCase();
}

/** The name without its ending and without the number that an import may have put behind it. */
export function originalStem(file: string): string {
  return parse(file)
    .name.toLowerCase()
    .replace(/_\d{2,}$/, '');
}
