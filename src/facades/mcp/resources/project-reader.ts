import type { Result } from '../../../core/result.ts';

/** What names can be asked for. */
export type NamedKind = 'Bus' | 'Event' | 'SoundBank' | 'SwitchGroup';

/** The open project as documents to read, and the names in it. What it gives is what commands give. */
export interface ProjectReader {
  info(): Promise<Result>;
  /** Two levels below a root; left out: below the project. */
  tree(root?: string): Promise<Result>;
  /** By GUID, path or `Type:Name`. */
  object(designator: string): Promise<Result>;
  /** The text of a Work Unit file as it is on disk; `file` as `workUnits` gives it. Fails with FILE_NOT_FOUND. */
  workUnit(file: string): Promise<Result<{ readonly text: string }>>;
  /** The Work Unit files, by their paths below the folder of the project, with slashes. */
  workUnits(): Promise<readonly string[]>;
  /** The functions and topics of the Wwise that is connected. */
  waapi(): Promise<Result>;
  /** The schema of one of them. */
  waapiSchema(uri: string): Promise<Result>;
  /** Paths that begin as `text` does; words find objects by their names. At most a hundred or so. */
  paths(text: string): Promise<readonly string[]>;
  /** Paths of the objects of a type whose names hold `text`. */
  named(kind: NamedKind, text: string): Promise<readonly string[]>;
  /** Folders that may be read and whose paths begin as `text` does. */
  folders(text: string): Promise<readonly string[]>;
}
