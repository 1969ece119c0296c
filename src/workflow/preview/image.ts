import type { Bus } from '../../core/dispatch/bus.ts';
import type { Json, JsonObject } from '../../core/json.ts';

/** What distinguishes two states of a project, by file. Equal marks: nothing happened in between. */
export type Fingerprint = Readonly<Record<string, string>>;

/** Where images of the open project come from. */
export interface ImageSource {
  /** Rejects when there is no project, and with FILE_NOT_FOUND or FILE_UNREADABLE when the project cannot be read from here. */
  open(): Promise<ProjectImage>;
  /** The state of the project now. */
  fingerprint(): Promise<Fingerprint>;
  /** The state now of these files in the Originals. */
  originalsNow(paths: readonly string[]): Fingerprint;
}

/** An image of the open project, to try things on. The project itself is never touched. */
export interface ProjectImage {
  /** The ordinary commands, on the image; its memo knows what the real one knows and keeps what it learns to itself. */
  readonly bus: Bus;
  /** Of the project, when the image was made. */
  readonly fingerprint: Fingerprint;
  /** Of the files outside the project that were read so far, such as audio files to import. */
  sources(): Promise<Fingerprint>;
  /** Of the files in the Originals that were looked for or would be written so far, as they were before. */
  originalsLookedAt(): Fingerprint;
  /** What makes the image differ from the project, or a run on it from a real one. */
  readonly warnings: readonly string[];
  /** What was done to the image so far. */
  changes(): Promise<ImageChanges>;
  /**
   * Why a call failed here that could do in the project, by the details of its failure, as the end of a sentence about a node;
   * undefined for a failure that says something about the project.
   */
  onlyHere(details: JsonObject): string | undefined;
  /** A value with the image's paths replaced by the project's. */
  inProjectPaths(value: Json): Json;
  close(): Promise<void>;
}

export interface ImageChanges {
  /** Sorted by path: an object comes before what is below it. */
  readonly objects: readonly PreviewedChange[];
  readonly files: readonly FileChange[];
  /** Files that would be put into the Originals. */
  readonly originals: readonly NewOriginal[];
  /** Whether Work Units or physical folders were created, copied, moved or deleted: that is on disk at once, for good. */
  readonly isSavedAtOnce: boolean;
}

export type PreviewedChange = {
  readonly change: 'created' | 'changed' | 'moved' | 'deleted';
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly path: string;
  /** Of a moved object: where it was. */
  readonly oldPath?: string;
  readonly changes: readonly {
    readonly property: string;
    readonly old: Json;
    readonly new: Json;
    /** The override that has to be set before the new value has an effect. */
    readonly noEffectYet?: string;
  }[];
};

export interface FileChange {
  readonly filePath: string;
  /** The text before and after; null where there is no such file. */
  readonly before: string | null;
  readonly after: string | null;
}

export type NewOriginal = {
  readonly filePath: string;
  readonly sizeBytes: number;
  /** True when a file that is there now would be overwritten. */
  readonly replaces: boolean;
  /** Then: the sources that play it now, by path. */
  readonly playedBy?: readonly string[];
};
