import type { Artifact, NewArtifact } from '../../core/stores/artifact-store.ts';
import type { Durability } from '../../core/stores/durability.ts';

/** What a database knows of an artifact: all but its content. */
export interface IndexedArtifact extends Artifact {
  /** Where its content lies, as `ContentStore` names it. */
  readonly location: string;
}

/** The artifacts of one workspace in a database, expired ones included. Contents lie elsewhere. */
export interface ArtifactIndex {
  /** Writes a row, in place of the one of the same id; gives the location that this one had. */
  set(row: IndexedArtifact, durability: Durability): Promise<string | undefined>;
  get(id: string): Promise<IndexedArtifact | undefined>;
  expire(id: string, expiresAtMs: NewArtifact['expiresAtMs']): Promise<void>;
  list(run: string): Promise<readonly IndexedArtifact[]>;
  /** The runs that have an artifact from before this moment. */
  runsBefore(atMs: number): Promise<readonly string[]>;
  /** Those that expire at this moment or before. */
  expiredBy(atMs: number): Promise<readonly IndexedArtifact[]>;
  /** Takes rows out; gives those that were there. */
  remove(ids: readonly string[]): Promise<readonly IndexedArtifact[]>;
  /** Those of the locations that a row names. */
  known(locations: readonly string[]): Promise<ReadonlySet<string>>;
}
