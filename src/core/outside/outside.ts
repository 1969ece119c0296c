import type { Database } from './database.ts';

/**
 * What lies around a project and the nodes of a workflow may reach: files in the allowed directories, the databases of the
 * configuration. Everything here rejects with a WwiseFlowError.
 */
export interface Outside {
  /** The bytes of a file. PATH_NOT_ALLOWED, FILE_NOT_FOUND, FILE_UNREADABLE, PAYLOAD_TOO_LARGE. */
  readFile(path: string): Promise<OutsideFile>;
  /** Where a file may be written: its real absolute path. PATH_NOT_ALLOWED. */
  writablePath(path: string): Promise<string>;
  /** The same, and the folder it goes into is made where there is none. FILE_READ_ONLY. */
  pathToWrite(path: string): Promise<string>;
  /** What lies in a folder, by path. The same errors; QUERY_TOO_LARGE for more than may be listed. */
  listFolder(path: string, listing: FolderListing): Promise<readonly FolderEntry[]>;
  /**
   * Puts a file in its place whole, or leaves what is there. `new`: FILE_CONFLICT where another file has the name; one with
   * the same bytes is what is wanted.
   */
  writeFile(path: string, bytes: Uint8Array, mode: 'new' | 'replace'): Promise<FileWritten>;
  /**
   * Adds to the end of a file what `addition` gives for what it holds (undefined: there is no file), one such call after the other. An
   * empty addition changes nothing.
   */
  appendFile(
    path: string,
    addition: (present: Uint8Array | undefined) => Uint8Array | Promise<Uint8Array>,
  ): Promise<FileWritten>;
  /**
   * Gives a file another path, in allowed directories both. What lies there already is left alone: FILE_CONFLICT. One that was moved
   * before is what is wanted.
   */
  moveFile(from: string, to: string): Promise<FileMoved>;
  /** Deletes a file of an allowed directory; one that is gone already is what is wanted. */
  removeFile(path: string): Promise<FileMoved>;
  /** A database by its name; left out, the only one or the one called `default`. DATABASE_NOT_FOUND. */
  database(name: string | undefined): Promise<Database>;
}

export interface OutsideFile {
  /** Real absolute path. */
  readonly path: string;
  readonly bytes: Buffer;
}

export interface FolderListing {
  readonly recursive: boolean;
  /** Lower case, with the dot; undefined: all. */
  readonly extensions: readonly string[] | undefined;
  /** Reads the headers of WAVE files. */
  readonly withAudio: boolean;
  readonly most: number;
}

export type FolderEntry = {
  readonly path: string;
  /** File name with its extension. */
  readonly name: string;
  /** The path below the folder that was listed, with `/`. */
  readonly relativePath: string;
  readonly extension: string;
  readonly sizeBytes: number;
  /** ISO 8601. */
  readonly modifiedAt: string;
  /** Of a WAVE file. */
  readonly audio: AudioFacts | null;
  /** Why there are none, where the name promises some. */
  readonly problem: string | null;
};

export type AudioFacts = {
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  readonly durationSeconds: number;
};

export interface FileMoved {
  /** Where it is now; of a deleted one where it was. */
  readonly path: string;
  /** False where that had been done before. */
  readonly isDone: boolean;
}

export interface FileWritten {
  readonly path: string;
  readonly sizeBytes: number;
  /** False where the file was already as it should be. */
  readonly isWritten: boolean;
}
