import { z } from 'zod';
import type { JsonObject } from '../json.ts';

/** A file of the project whose content is not known. */
export interface UnreadableFile {
  /** Its path where one is known: a back-end may only say that something failed. */
  readonly filePath: string | null;
  /** Why, in plain words. */
  readonly problem: string;
}

/** An object that has the GUID of another one, which is the only one found by it. */
export interface DuplicateObject {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** Where it stands; it is not found by it. */
  readonly path: string;
  readonly filePath: string;
  /** The one that is found. */
  readonly first: {
    readonly type: string;
    readonly name: string;
    readonly path: string;
    readonly filePath: string;
  };
  /** How many below it have the GUID of another too. */
  readonly below: number;
}

/** What may be wrong with a project beyond files that cannot be read, the gravest first. */
export const healthKinds = [
  'misplaced',
  'twinName',
  'twinWorkUnit',
  'dangling',
  'audio',
  'audioCase',
  'newerSchema',
] as const;

export type HealthKind = (typeof healthKinds)[number];

/** One thing that is wrong with a project. */
export interface HealthFinding {
  readonly kind: HealthKind;
  /** The file to look into. */
  readonly filePath: string;
  /** The object it is about, or the one it is in. */
  readonly object: {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly path: string;
  };
  /** What is wrong, as a sentence. */
  readonly message: string;
}

/** What is done about objects that have the GUID of another; `look`: nothing yet. */
export type RepairAction = 'look' | 'newIds' | 'remove';

/** An object that has the GUID of another and is, or is to be, put right. */
export interface DuplicateRepair {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** How many below it have the GUID of another, too. */
  readonly below: number;
  readonly filePath: string;
  /** Where the one is that keeps the GUID. */
  readonly firstFilePath: string;
  /** What it is, or would be, called with a GUID of its own; null where it is removed. */
  readonly newName: string | null;
}

/** What is known about the files of the open project, beyond what commands can ask about their content. */
export interface ProjectFilesView {
  /** Files that could not be read. `fresh`: as it is now, at the cost of a look; else as of the last call. */
  unreadable(fresh: boolean): Promise<readonly UnreadableFile[]>;
  /** Objects whose GUID another one has; null where the back-end does not say. */
  duplicates(): Promise<readonly DuplicateObject[] | null>;
  /**
   * Everything else that is wrong with it; null where the back-end does not say. Looks at all objects, once until something
   * changes; `withAudio`: at each original file, too.
   */
  health(withAudio: boolean): Promise<readonly HealthFinding[] | null>;
  /**
   * Puts right on disk, in these files or in all, what has the GUID of another object, and reads the project again; null where
   * the back-end cannot. Rejects with CONFIRMATION_REQUIRED while edits are unsaved.
   */
  repair(action: RepairAction, files: readonly string[] | null): Promise<readonly DuplicateRepair[] | null>;
}

/** The output member of every command that relies on the whole project; the dispatcher fills it when there is something to say. */
export const unreadableOutput = {
  unreadable: z
    .object({
      total: z.int(),
      files: z.array(z.object({ filePath: z.string().nullable(), problem: z.string() })),
    })
    .optional()
    .describe(
      'Project files that could not be read: what they hold is not in this answer. At most 20; get_log with channel projectLoad names all.',
    ),
};

/** The input field by which a deletion is wanted all the same. */
export const ignoreUnreadable = z.boolean().default(false).describe('Despite unreadable files.');

/** The `toleratesUnreadable` of a command whose input has the field `ignoreUnreadable`. */
export function saysIgnoreUnreadable(input: JsonObject): boolean {
  return input.ignoreUnreadable === true;
}

/** That of one whose input has a `preview` as well, which deletes nothing. */
export function previewsOrIgnoresUnreadable(input: JsonObject): boolean {
  return input.preview === true || saysIgnoreUnreadable(input);
}
