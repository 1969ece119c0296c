/** Which project is open. */
export interface ProjectIdentity {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  /** Absolute path of its file, as this machine sees it. */
  readonly filePath: string;
}
