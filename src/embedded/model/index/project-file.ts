import type { WwuDocument } from '../../wwu/tree.ts';

/**
 * One file of the project in memory. `state` names the content: every edit gives it a new one and undo brings the old
 * one back, so a file is dirty exactly when its content is not the saved one.
 */
export interface ProjectFile {
  /** Absolute path the file has or will have once saved. */
  filePath: string;
  /** Replaced when an unloaded Work Unit is read again. */
  document: WwuDocument;
  /** SchemaVersion of the file: which layout it is written in. */
  readonly schema: number;
  state: number;
  savedState: number;
  /** Where the last read or written bytes are; null for a file not yet on disk. */
  savedPath: string | null;
  /** SHA-256 of those bytes, to notice that somebody else changed the file. */
  savedHash: string | null;
  /** False while the Work Unit is unloaded: `document` is then without its content and is never written. */
  isLoaded: boolean;
}

export function isFileDirty(file: ProjectFile): boolean {
  return file.state !== file.savedState || file.filePath !== file.savedPath;
}
