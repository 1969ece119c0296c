import type { PlannedBatch, SharedCallNames } from '../../../core/backend/planned-batch.ts';
import type { InputFile } from '../../../core/files/input-files.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { CreatedRef, FoundObject } from '../../objects/rows/object-row.ts';
import type { ProjectFacts } from '../../project-facts.ts';

/**
 * How a command takes part in a batched unit: instead of calling Wwise it says what it wants to know and what it wants done,
 * and many commands share the calls. Functions of a `raw` input get it as the workflow has it: references to nodes of the
 * unit may still stand where a value will be.
 */
export interface Batch<I = unknown, O = unknown> extends PlannedBatch {
  /** What is changed: two nodes that share a lane keep their order. */
  lanes(raw: JsonObject): readonly Lane[];
  /** Objects the change is about, and which of them shall get a child. */
  names(raw: JsonObject): NamedObjects;
  /** What will exist afterwards, as far as the input says; its path need not be asked for before. */
  makes?(raw: JsonObject): { readonly parent: string; readonly name: string } | undefined;
  /** Return expressions the change or its output needs, beside id, name, type, path and parent. */
  returns?(raw: JsonObject, facts: ProjectFacts): readonly string[];
  /** Where the output names the object that `makes` describes. Left out by what may find one that is there. */
  readonly made?: readonly string[];
  /** Throws for an input file the command would refuse; asked before anything is changed. */
  checkFile?(path: string): void;
  /**
   * The change, or undefined while something it names is not there.
   * Throws what makes the node a case for the ordinary way, which will find and report what is wrong with it.
   */
  prepare(input: I, view: BatchView): Piece<O> | undefined;
}

/** The batch description of a command whose types are not known statically. */
export type AnyBatch = Batch<never, unknown>;

/** Whether a batch description is one of Wwise. */
export function isWwiseBatch(batch: PlannedBatch): batch is AnyBatch {
  return 'prepare' in batch && typeof batch.prepare === 'function' && 'lanes' in batch && 'names' in batch;
}

const [get, set, audioImport] = [
  'ak.wwise.core.object.get',
  'ak.wwise.core.object.set',
  'ak.wwise.core.audio.import',
];

/** New objects: the answer shows them. */
export const makingCalls: SharedCallNames = { ahead: get, change: set, order: 0 };
/** Changes of objects that exist. */
export const settingCalls: SharedCallNames = { ahead: get, change: set, order: 0, readBack: get };
export const importingCalls: SharedCallNames = { ahead: get, change: audioImport, order: 1, readBack: get };

export interface Lane {
  readonly kind: string;
  /** Designator of the only object whose lane it is; left out: the lane is shared by all. */
  readonly of?: string;
}

export interface NamedObjects {
  readonly objects: readonly string[];
  /** Those of the objects whose children's names matter. */
  readonly parents?: readonly string[];
}

/** The project as it is before a change. */
export interface BatchView {
  readonly nodeId: string;
  readonly facts: ProjectFacts;
  find(designator: string): FoundObject | undefined;
  /** Children of a named parent that are called so, or so with a number behind it; the exact name first. */
  namesakes(parentId: string, name: string): readonly CreatedRef[];
  /** An input file of the command. */
  file(path: string): InputFile | undefined;
}

/** One node's part of the shared calls. */
export interface Piece<O = unknown> {
  readonly change: PieceChange;
  /** What the project looks like before the effect, as the command's own `before` gives it. */
  readonly before: Json;
  /** What the change takes for itself: two pieces of one call that hold the same key must hold the same value. */
  readonly holds: readonly (readonly [key: string, value: string])[];
  /** Keys that no earlier piece of the same calls may hold. */
  readonly avoids?: readonly string[];
  /** True when values of other objects may follow this change: what is known about them is asked again. */
  readonly spreads?: boolean;
  /** The output; undefined, or throws, when the project does not show what it should. */
  output(after: Aftermath): O | undefined | Promise<O | undefined>;
}

export type PieceChange =
  /** A new child, as ak.wwise.core.object.set describes it. */
  | { readonly kind: 'child'; readonly parentId: string; readonly spec: JsonObject }
  /** Members of an object that exists. */
  | { readonly kind: 'members'; readonly objectId: string; readonly members: JsonObject }
  /** An entry of ak.wwise.core.audio.import; the Sound is known, or found in the answer by parent and name. */
  | {
      readonly kind: 'import';
      readonly entry: JsonObject;
      readonly soundId: string | undefined;
      readonly parentId: string;
      readonly name: string;
    };

/** What a piece may look at afterwards. */
export interface Aftermath {
  /** The object that was made, changed or imported into. */
  readonly row: JsonObject;
  /** Rows of its children; empty when nobody asked for them. */
  readonly children: readonly JsonObject[];
  /** What Wwise said about this piece. */
  readonly log: readonly JsonObject[];
}
