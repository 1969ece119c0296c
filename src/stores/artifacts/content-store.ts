import type { ArtifactKey, ArtifactLink, ArtifactRange } from '../../core/stores/artifact-store.ts';
import type { Durability } from '../../core/stores/durability.ts';

export interface WrittenContent {
  /** A place of its own: nothing that was written before lies there. */
  readonly location: string;
  readonly bytes: number;
}

/** The contents of the artifacts of one workspace. What they are is in an index. */
export interface ContentStore {
  /** Writes a content in a place of its own, all or nothing. */
  write(
    key: ArtifactKey,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    durability: Durability,
  ): Promise<WrittenContent>;
  /** The content, or a part; undefined when nothing of that many bytes lies there. */
  read(location: string, bytes: number, range: ArtifactRange | undefined): Promise<Uint8Array | undefined>;
  /** An address for other programs; undefined when nothing of that many bytes lies there. */
  link(location: string, bytes: number, forMs: number): Promise<ArtifactLink | undefined>;
  /** Removes contents. What is not there, or cannot be removed now, is left to `abandoned`. */
  remove(locations: readonly string[]): Promise<void>;
  /** The places last written to before this moment, unfinished ones included: those that no index names may be removed. */
  abandoned(beforeMs: number): Promise<readonly string[]>;
}
