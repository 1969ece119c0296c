import type { BlendAssignment, Inclusion, PropertyValue, WwiseObject } from './model.ts';
import type { CodecPlugin } from './writing/write-conversion-plugin.ts';

export interface CreateSpec {
  readonly type: string;
  readonly name: string;
  /** GUID to use instead of a fresh one; must be free. */
  readonly id?: string | undefined;
  readonly notes?: string | undefined;
  /** Names the plug-in of an Effect, SourcePlugin or Metadata. */
  readonly classId?: number | undefined;
  /** Of an RTPC: the property it drives. Up to 2021.1 it is written inside that property. */
  readonly property?: string | undefined;
  /** Of a SearchCriteria: the GUID of what it asks for. */
  readonly searchOperationId?: string | undefined;
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
export interface ModelEditor extends StructureEditor {
  /** Appends a new object to the parent's children, with what Wwise gives a new object of the type (output bus, conversion, ...). */
  create(parent: WwiseObject, spec: CreateSpec): WwiseObject;
  /** Appends a new local object (RTPC, EffectSlot, ...) to a list of `owner`. */
  createInList(owner: WwiseObject, list: string, spec: CreateSpec): WwiseObject;
  /** Appends a link to a list whose schema holds no items of its own but points at objects. */
  linkInList(owner: WwiseObject, list: string, target: WwiseObject): void;
  /** Takes every entry of a list away; objects that links point at stay. */
  clearList(owner: WwiseObject, list: string): void;
  /** Gives a reference a custom object of its own, in place of what it pointed at. */
  createOwned(owner: WwiseObject, reference: string, spec: OwnedSpec): WwiseObject;
  /** Removes the object with everything below; references to it in the project are dropped. */
  remove(object: WwiseObject): void;
  /** The same in steps. */
  removeSteps(object: WwiseObject): Generator<void, void>;
  /** References to what is moved name its new Work Unit. In steps. */
  move(object: WwiseObject, newParent: WwiseObject): Generator<void, void>;
  /** Deep copy with fresh GUIDs; references inside the copy follow the copy. In steps, the last of which put it in. */
  copy(object: WwiseObject, newParent: WwiseObject, name: string): Generator<void, WwiseObject>;
  /** Renames and rewrites the name in every reference of every file. */
  rename(object: WwiseObject, name: string): void;
  setNotes(object: WwiseObject, notes: string): void;
  /** Sets the linked value, or the value of one platform. A linked value equal to the default removes the property. */
  setProperty(object: WwiseObject, property: string, value: PropertyValue, platform?: string): void;
  /**
   * Gives a platform (name or GUID) a value of its own, the one it has now, or takes it away so that the linked value counts.
   * Only for properties that can be unlinked.
   */
  setLinked(object: WwiseObject, property: string, platform: string, linked: boolean): void;
  /** Points a reference at `target`; null removes it. */
  setReference(object: WwiseObject, reference: string, target: WwiseObject | null): void;
  /** Adds an audio file source to a Sound and makes it the active one of its language. */
  addAudioSource(sound: WwiseObject, source: AudioSourceSpec): WwiseObject;
  /** Adds an audio or MIDI source to a MusicTrack, and a clip that plays all of it. For files of 2022.1 and later. */
  addMusicSource(
    track: WwiseObject,
    source: MusicSourceSpec,
  ): { readonly source: WwiseObject; readonly clip: WwiseObject };
  /** Lets an existing source play another file. */
  setAudioFile(source: WwiseObject, relativePath: string): void;
  /** Gives a Conversion a codec for one platform (by name). False when its file holds codecs in another form. */
  setConversionPlugin(conversion: WwiseObject, platform: string, plugin: CodecPlugin): boolean;
}

export interface AudioSourceSpec {
  readonly name: string;
  /** `SFX` or a language of the project. */
  readonly language: string;
  /** Relative to Originals\SFX or Originals\Voices\<language>, with backslashes. */
  readonly relativePath: string;
  readonly notes?: string | undefined;
}

export interface MusicSourceSpec extends AudioSourceSpec {
  readonly isMidi: boolean;
  readonly durationMs: number;
}

export interface RandomizerSpec {
  readonly enabled?: boolean | undefined;
  /** At most 0. */
  readonly min?: number | undefined;
  /** At least 0. */
  readonly max?: number | undefined;
}

/** The edits of what objects hold beside values, references, lists and children. They too check nothing a caller must decide. */
export interface StructureEditor {
  /** Without points the curve that is there stays. Without a platform: what the platforms share. */
  setAttenuationCurve(
    attenuation: WwiseObject,
    curveType: string,
    use: string,
    points: readonly CurvePoint[] | undefined,
    platform?: string,
  ): void;
  setPoints(curve: WwiseObject, points: readonly CurvePoint[]): void;
  setRandomizer(object: WwiseObject, property: string, spec: RandomizerSpec, platform?: string): void;
  setStateGroups(object: WwiseObject, groups: readonly WwiseObject[]): void;
  setStateProperties(object: WwiseObject, properties: readonly string[]): void;
  addSwitchAssignment(container: WwiseObject, child: WwiseObject, stateOrSwitch: WwiseObject): void;
  removeSwitchAssignment(container: WwiseObject, child: WwiseObject, stateOrSwitch: WwiseObject): void;
  addBlendTrack(container: WwiseObject, name: string, id?: string): WwiseObject;
  /** Without an index, after the present ones. */
  addBlendAssignment(track: WwiseObject, assignment: BlendAssignment, index?: number): void;
  removeBlendAssignment(track: WwiseObject, child: WwiseObject): void;
  /** Lets a path of a Dialogue Event or Music Switch Container play an object, in files up to 2022.1. */
  setLegacyEntry(owner: WwiseObject, path: readonly WwiseObject[], audioNode: WwiseObject): void;
  /** Replaces the inclusion list; entries that stay keep what else the file says of them. */
  setInclusions(soundBank: WwiseObject, inclusions: readonly Inclusion[]): void;
  /** Makes a source the one its Sound plays in the source's language, for one platform or for all. */
  setActiveSource(sound: WwiseObject, source: WwiseObject, platform?: string): void;
  /** Puts a copy of what a reference of `source` holds, its own object included, on the same reference of `target`. */
  copyReference(source: WwiseObject, target: WwiseObject, reference: string): void;
  /** Puts a copy of a property with all its platforms, randomizer included, on `target`; its default when the source has none. */
  copyProperty(source: WwiseObject, target: WwiseObject, property: string): void;
  /** Appends a copy of a list item to the same list of `target`. */
  copyListItem(item: WwiseObject, target: WwiseObject, list: string): void;
}
