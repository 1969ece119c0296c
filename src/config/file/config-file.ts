import type { SaidSettings, SecretReference } from '../setting.ts';

/** A configuration file as it was read: checked, with absolute paths; secrets are still references. */
export interface ConfigFile {
  readonly path: string;
  /** False for one that was only found in the current directory: it may have come with a project of others. */
  readonly trusted: boolean;
  readonly base: ConfigSection;
  /** By name. */
  readonly environments: ReadonlyMap<string, ConfigSection>;
}

export interface ConfigSection {
  readonly settings: SaidSettings;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly secrets: ReadonlyMap<string, NamedSecret>;
  readonly databases: ReadonlyMap<string, DatabaseEntry>;
}

/** An entry of `databases`: a file of SQLite, or where the address of a PostgreSQL database stands. */
export interface DatabaseEntry {
  readonly pointer: string;
  readonly isWritable: boolean;
  readonly sqlite?: string;
  readonly postgres?: SecretReference;
}

/** An entry of `secrets`. */
export interface NamedSecret {
  readonly pointer: string;
  readonly reference: SecretReference;
}

/** An entry of `connections`: an address, or a project file. */
export interface Connection {
  readonly pointer: string;
  readonly wwise?: string | SecretReference;
  readonly user?: string;
  readonly password?: SecretReference;
  readonly project?: string;
}

export const configFileName = 'wwiseflow.config.json';

/** What reading configuration files needs of the disk. */
export interface ConfigDisk {
  /** The text of a file; undefined when there is none. Throws for what is no readable file of sensible size. */
  readonly readText: (path: string) => string | undefined;
  /** The path with every link in it resolved; what does not exist yet is kept as it is. */
  readonly realPath: (path: string) => string;
}

/** A disk without any file. */
export const noDisk: ConfigDisk = { readText: () => undefined, realPath: (path) => path };
