import type { CallContext } from '../command.ts';
import { contentHash } from './content-hash.ts';

/** A file that a command reads. */
export interface InputFile {
  /** Real absolute path on this machine. */
  readonly path: string;
  readonly sha256: string;
}

/** The input files of some calls, each read once. */
export interface InputFiles {
  /** The file with its hash. Rejects like readableFile. */
  hashed(path: string): Promise<InputFile>;
  /** The same when it was asked for before. */
  file(path: string): InputFile | undefined;
}

export function createInputFiles({ readableFile }: Pick<CallContext, 'readableFile'>): InputFiles {
  const files = new Map<string, InputFile>();
  const hashing = new Map<string, Promise<InputFile>>();
  const hash = async (path: string): Promise<InputFile> => {
    const real = await readableFile(path);
    const file = { path: real, sha256: await contentHash(real) };
    files.set(path, file);
    return file;
  };
  return {
    hashed: (path) => {
      const begun = hashing.get(path) ?? hash(path);
      hashing.set(path, begun);
      return begun;
    },
    file: (path) => files.get(path),
  };
}
