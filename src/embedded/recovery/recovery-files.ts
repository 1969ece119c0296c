import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pid } from 'node:process';
import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';
import { readRegularFile } from '../../core/files/regular-file.ts';
import { realPlace } from '../project/disk/real-place.ts';
import type { UnsavedWork } from '../project/opened-project.ts';
import { discardFile, writeDurably } from '../project/saving/durable-file.ts';
import { hashOf } from '../project/saving/hash-of.ts';
import { jsonPieces } from '../project/saving/json-pieces.ts';
import type { TouchedObject } from './touched-objects.ts';

/** Unsaved work of a session that ended. */
export interface Recovery extends UnsavedWork {
  readonly id: string;
  readonly writtenAtMs: number;
  /** At most `mostObjects` of them. */
  readonly objects: readonly TouchedObject[];
  readonly objectCount: number;
}

/** A recovery file that cannot be used: named, and left. */
export interface UnreadableRecovery {
  readonly filePath: string;
  readonly problem: string;
}

export interface RecoveryFiles {
  /**
   * Writes work to the file of this name, power-safe and readable by this user only, or removes that file when there is none.
   * Synchronous: the process may be about to end.
   */
  keep(id: string, projectPath: string, work: UnsavedWork | null, objects: readonly TouchedObject[]): void;
  /** Those of a project, oldest first. */
  list(projectPath: string): {
    readonly recoveries: readonly Recovery[];
    readonly unreadable: readonly UnreadableRecovery[];
  };
  discard(projectPath: string, id: string): void;
}

export const mostObjects = 1_000;

/** A name that no other session has. */
export function newRecoveryId(): string {
  return `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${pid}`;
}

/** Recovery files below the state directory, by project. Throws what the system throws. */
export function recoveryFiles(stateDir: string): RecoveryFiles {
  const folderOf = (projectPath: string): string => {
    const name = createHash('sha256').update(realPlace(projectPath)).digest('hex').slice(0, 32);
    return join(stateDir, 'recovery', name);
  };
  const fileOf = (projectPath: string, id: string): string => join(folderOf(projectPath), `${id}.json`);

  return {
    keep(id, projectPath, work, objects) {
      if (work === null) {
        discardFile(fileOf(projectPath, id));
        return;
      }
      const folder = folderOf(projectPath);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const path of [join(stateDir, 'recovery'), folder]) chmodSync(path, 0o700);
      const head: Omit<z.infer<typeof storedRecovery>, 'entries'> = {
        version: 1,
        projectPath,
        writtenAtMs: Date.now(),
        directories: work.directories.map(({ from, to }) => ({ from, to })),
        objects: objects.slice(0, mostObjects).map((object) => ({ ...object })),
        objectCount: objects.length,
      };
      const pieces = jsonPieces(head, 'entries', work.entries, ({ bytes, ...entry }) => entry);
      writeDurably(fileOf(projectPath, id), pieces, 0o600);
    },
    list(projectPath) {
      const folder = folderOf(projectPath);
      const names = existsSync(folder) ? readdirSync(folder).sort() : [];
      const recoveries: Recovery[] = [];
      const unreadable: UnreadableRecovery[] = [];
      for (const name of names.filter((name) => name.endsWith('.json'))) {
        const filePath = join(folder, name);
        const read = readRecovery(filePath);
        if (typeof read === 'string') unreadable.push({ filePath, problem: read });
        else recoveries.push({ ...read, id: name.slice(0, -'.json'.length), projectPath });
      }
      return { recoveries, unreadable };
    },
    discard(projectPath, id) {
      const filePath = fileOf(projectPath, id);
      const names = existsSync(folderOf(projectPath)) ? readdirSync(folderOf(projectPath)) : [];
      // Only a name that was listed leads to a file.
      if (!names.includes(`${id}.json`)) {
        throw new WwiseFlowError('FILE_NOT_FOUND', `There is no recovery "${id}" of ${projectPath}.`, {
          hint: 'project_recover without an action lists what there is.',
          details: { id },
        });
      }
      discardFile(filePath);
    },
  };
}

/** What a file holds, or why it cannot be used. */
function readRecovery(filePath: string): Omit<Recovery, 'id' | 'projectPath'> | string {
  try {
    const { entries, ...rest } = storedRecovery.parse(JSON.parse(readRegularFile(filePath).toString('utf8')));
    return {
      ...rest,
      entries: entries.map(({ content, ...entry }) => {
        const bytes = content === null ? null : Buffer.from(content, 'base64');
        if ((bytes === null ? null : hashOf(bytes)) !== entry.after)
          throw new Error(`its content of ${entry.place} is not whole`);
        return { ...entry, bytes };
      }),
    };
  } catch (failure) {
    if (failure instanceof z.ZodError) return 'it is not in the form this version writes';
    return failure instanceof Error ? failure.message : String(failure);
  }
}

const hash = z.string().nullable();

const storedRecovery = z.strictObject({
  version: z.literal(1),
  projectPath: z.string(),
  writtenAtMs: z.number(),
  entries: z.array(
    z.strictObject({
      place: z.string(),
      from: z.string(),
      before: hash,
      after: hash,
      content: z.string().nullable(),
    }),
  ),
  directories: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  objects: z.array(
    z.strictObject({
      id: z.string(),
      path: z.string(),
      type: z.string(),
      change: z.enum(['created', 'changed', 'deleted']),
    }),
  ),
  objectCount: z.int(),
});
