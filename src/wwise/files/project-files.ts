import { z } from 'zod';

/** A file of the project whose content is not known. */
export interface UnreadableFile {
  /** Its path where one is known: Wwise may only say that something failed. */
  readonly filePath: string | null;
  /** Why, in plain words. */
  readonly problem: string;
}

/** An object that has the GUID of another one, which is the only one found by it. */
export interface DuplicateObject {
  readonly id: string;
  readonly type: string;
  readonly name: string;
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

/** What is known about the files of the open project, beyond what Wwise shows of their content. */
export interface ProjectFilesView {
  /** Files that could not be read. `fresh`: as it is now, at the cost of a look; else as of the last call to Wwise. */
  unreadable(fresh: boolean): Promise<readonly UnreadableFile[]>;
  /** Objects whose GUID another one has; null where only Wwise reads the files. */
  duplicates(): Promise<readonly DuplicateObject[] | null>;
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
