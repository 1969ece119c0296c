import type { JsonObject } from '../json.ts';

/** As much of how a command shares its calls as it takes to plan them; the rest is between the command and its back-end. */
export interface PlannedBatch {
  /** The calls it shares. */
  readonly calls: SharedCallNames;
  /** False for an input that must be executed alone. Default: every input may be batched. Raw: references may still stand. */
  accepts?(raw: JsonObject): boolean;
  /** Where the output names the object that an input names; lets nodes that only read that go along in the same calls. */
  readonly sameObject?: SameObject;
}

/** Which calls many inputs share when nothing has to be split. */
export interface SharedCallNames {
  /** Once for all, before anything is changed. */
  readonly ahead: string;
  /** Once for those that wait for nothing more of each other. */
  readonly change: string;
  /** Changes of several names are made in the order of this. */
  readonly order: number;
  /** After the changes, where their answers do not show what became of them. */
  readonly readBack?: string;
}

/** An object that goes through a command: it is in the output as it was in the input. */
export interface SameObject {
  /** The input that designates it. */
  readonly input: string;
  /** Members of the output with its GUID, as references write them: `object.id`. */
  readonly outputs: readonly string[];
}
