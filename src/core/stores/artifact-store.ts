import type { Durability } from './durability.ts';

/** What names an artifact within a workspace. The same three again replace what was there. */
export interface ArtifactKey {
  /** What it is, as `output` for what a node gave. Letters, digits, `_` and `-`. */
  readonly kind: string;
  /** The run it belongs to, and goes with. Letters, digits, `_` and `-`. */
  readonly run: string;
  /** Which one of the run; any text. */
  readonly name: string;
}

export interface NewArtifact extends ArtifactKey {
  /** A media type, as `application/json`. */
  readonly contentType: string;
  /** From when on nobody is given it, in milliseconds since 1970; null: it stays as long as its run. */
  readonly expiresAtMs: number | null;
}

export interface Artifact extends NewArtifact {
  /** `{kind}/{workspace}/{run}/{name}`. */
  readonly id: string;
  readonly bytes: number;
  readonly createdAtMs: number;
}

/** Part of a content, in bytes. What lies behind its end is left out. */
export interface ArtifactRange {
  readonly offset: number;
  readonly bytes: number;
}

/** Where a program without this store reads an artifact. */
export interface ArtifactLink {
  readonly url: string;
  /** Until when the link holds, in milliseconds since 1970; null: as long as the artifact is there. */
  readonly expiresAtMs: number | null;
}

/**
 * What is too large for a row, or is a file anyway. The content is written before the artifact is there: whoever is given one
 * is given all of it. An artifact that has expired is given to nobody, whether or not it was swept up already; one whose
 * content was lost or cut, as by a power cut, counts as absent.
 */
export interface ArtifactStore {
  /**
   * Keeps a content under its key, all or nothing; a stream that breaks leaves what was there before. `powerSafe` waits for the
   * disk. Rejects with INVALID_INPUT for a key that is none, else with what the system says.
   */
  put(
    artifact: NewArtifact,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    durability: Durability,
  ): Promise<Artifact>;
  /** What is known of an artifact without its content; undefined when it is not there. */
  head(id: string): Promise<Artifact | undefined>;
  /** The content, or the part asked for; undefined when it is not there. */
  get(id: string, range?: ArtifactRange): Promise<Uint8Array | undefined>;
  /** An address for programs without this store, for at least `forMs` where addresses end; undefined when it is not there. */
  link(id: string, forMs: number): Promise<ArtifactLink | undefined>;
  /** Sets when it expires; null: no more. False when it is not there. Kill-safe. */
  expire(id: string, expiresAtMs: number | null): Promise<boolean>;
  /** The artifacts of a run, by id. */
  list(run: string): Promise<readonly Artifact[]>;
  /** The runs that have an artifact from before this moment, by id. */
  runsBefore(atMs: number): Promise<readonly string[]>;
  /** Removes these; gives how many there were. Kill-safe. */
  remove(ids: readonly string[]): Promise<number>;
  /** Removes all artifacts of these runs; gives how many there were. Kill-safe. */
  removeRuns(runs: readonly string[]): Promise<number>;
  /**
   * Removes what has expired, and what puts left that were cut off more than a day ago; gives how many artifacts had expired.
   */
  sweep(): Promise<number>;
}
