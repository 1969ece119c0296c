import type { PropertyValue, WwiseObject } from './model.ts';

export interface CreateSpec {
  readonly type: string;
  readonly name: string;
  /** GUID to use instead of a fresh one; must be free. */
  readonly id?: string | undefined;
  readonly notes?: string | undefined;
  /** Names the plug-in of an Effect, SourcePlugin or Metadata. */
  readonly classId?: number | undefined;
  /** Of a SourcePlugin: `SFX` (default) or a language of the project. */
  readonly language?: string | undefined;
}

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  /** `Linear`, `Log1`..`Log3`, `Exp1`..`Exp3`, `SCurve`, `InvertedSCurve`, `Constant`. */
  readonly shape: string;
}

export interface OwnedSpec {
  readonly type: string;
  readonly name: string;
  readonly classId?: number | undefined;
  /** Of a Curve. */
  readonly points?: readonly CurvePoint[] | undefined;
}

/**
 * The edits the object graph knows. Each keeps the file's form (child order, sorted properties, references that repeat
 * the target's name and Work Unit) and can be undone to the byte. They check nothing a caller must decide
 * (name conflicts, allowed types): that is the functions' part. Property and reference names must be canonical.
 */
export interface ModelEditor {
  /** Appends a new object to the parent's children, with what Wwise gives a new object of the type (output bus, conversion, ...). */
  create(parent: WwiseObject, spec: CreateSpec): WwiseObject;
  /** Appends a new local object (RTPC, EffectSlot, ...) to a list of `owner`. */
  createInList(owner: WwiseObject, list: string, spec: CreateSpec): WwiseObject;
  /** Gives a reference a custom object of its own, in place of what it pointed at. */
  createOwned(owner: WwiseObject, reference: string, spec: OwnedSpec): WwiseObject;
  /** Removes the object with everything below; references to it in the project are dropped. */
  remove(object: WwiseObject): void;
  move(object: WwiseObject, newParent: WwiseObject): void;
  /** Deep copy with fresh GUIDs; references inside the copy follow the copy. */
  copy(object: WwiseObject, newParent: WwiseObject, name: string): WwiseObject;
  /** Renames and rewrites the name in every reference of every file. */
  rename(object: WwiseObject, name: string): void;
  setNotes(object: WwiseObject, notes: string): void;
  /** Sets the linked value, or the value of one platform. A linked value equal to the default removes the property. */
  setProperty(object: WwiseObject, property: string, value: PropertyValue, platform?: string): void;
  /** Points a reference at `target`; null removes it. */
  setReference(object: WwiseObject, reference: string, target: WwiseObject | null): void;
  /** Adds an audio file source to a Sound or MusicTrack and makes it the active one of its language. */
  addAudioSource(sound: WwiseObject, source: AudioSourceSpec): WwiseObject;
  /** Lets an existing source play another file. */
  setAudioFile(source: WwiseObject, relativePath: string): void;
}

export interface AudioSourceSpec {
  readonly name: string;
  /** `SFX` or a language of the project. */
  readonly language: string;
  /** Relative to Originals\SFX or Originals\Voices\<language>, with backslashes. */
  readonly relativePath: string;
  readonly notes?: string | undefined;
}
