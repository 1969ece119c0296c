/** A file that a command reads. */
export interface InputFile {
  /** Real absolute path on this machine. */
  readonly path: string;
  readonly sha256: string;
}
