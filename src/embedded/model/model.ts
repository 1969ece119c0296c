/**
 * What the strata above may ask of the object graph. Pure: nothing here touches a file.
 * Names of types, properties, references and lists are looked up without case, as WAQL and WAAPI do;
 * answers use the spelling of the type table. GUIDs are `{UPPER-CASE}`.
 */

import type { ListForm } from './structure/list-forms.ts';

/** One Wwise object: anything with a definition in a .wproj or .wwu. Identity is stable while the object lives. */
export interface WwiseObject {
  readonly id: string;
  readonly name: string;
  /** WAAPI type name, e.g. `Sound`; `ActorMixer` up to 2024.1, `PropertyContainer` since 2025.1. */
  readonly type: string;
  readonly notes: string;
  /** Hierarchy parent (through the ChildrenList); null for the project, the roots of custom objects and list items. */
  readonly parent: WwiseObject | null;
  /** The object that owns a custom or local object or a list item, else null. */
  readonly owner: WwiseObject | null;
  /** Direct children in file order. Not the items of lists, not custom objects. */
  readonly children: readonly WwiseObject[];
}

/** A value of a property: what JSON has. */
export type PropertyValue = number | string | boolean;

export interface PropertyFacts {
  readonly name: string;
  readonly displayName?: string;
  /** `bool`, `int16`, `int32`, `Uint32`, `int64`, `Real32`, `Real64`, `string`. */
  readonly type: string;
  readonly default: PropertyValue;
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly { readonly value: number | boolean | string; readonly label: string }[];
  readonly rtpc: string | null;
  /** Can hold one value per platform; decides how the property is written in the file. */
  readonly unlink: boolean;
}

export interface ReferenceFacts {
  readonly name: string;
  readonly displayName?: string;
  /** Types a target may have; absent: any. */
  readonly types?: readonly string[];
  readonly notNull?: boolean;
}

export interface ListFacts {
  readonly name: string;
  readonly types?: readonly string[];
}

export interface TypeFacts {
  readonly name: string;
  /** `object`, `effectPlugin`, `sourcePlugin`, `metadataPlugin`. */
  readonly kind: string;
  readonly classId: number;
  properties(): readonly PropertyFacts[];
  references(): readonly ReferenceFacts[];
  lists(): readonly ListFacts[];
  property(name: string): PropertyFacts | undefined;
  reference(name: string): ReferenceFacts | undefined;
  list(name: string): ListFacts | undefined;
}

export interface NamedId {
  readonly id: string;
  readonly name: string;
}

export interface Platform extends NamedId {
  /** `Windows` for a custom platform built on Windows. */
  readonly referencePlatform: string;
}

/** One curve of an Attenuation as a platform sees it. */
export interface AttenuationCurve {
  /** `Custom`, `None`, `UseVolumeDry` or `UseProject`. */
  readonly use: string;
  /** The Attenuation's own curve; it may be kept while another is used. */
  readonly curve: WwiseObject | null;
}

export interface SwitchAssignment {
  readonly child: WwiseObject;
  readonly stateOrSwitch: WwiseObject;
}

export interface BlendEdge {
  /** `None`, `Manual` or `Automatic`. */
  readonly fadeMode: string;
  readonly fadeShape: string;
  /** In units of the Game Parameter that drives the track. */
  readonly edgePosition: number;
  readonly fadePosition: number;
}

export interface BlendAssignment {
  readonly child: WwiseObject;
  /** Left, then right. */
  readonly edges: readonly [BlendEdge, BlendEdge];
}

/** An entry of a SoundBank. Bits of the filter: 1 events, 2 structures, 4 media. */
export interface Inclusion {
  readonly object: WwiseObject;
  readonly filter: number;
}

/** What objects hold beside properties, references, lists and children. */
export interface StructureReader {
  /** Null when the project's version has no curve of that type; undefined for anything but an Attenuation. */
  attenuationCurve(
    attenuation: WwiseObject,
    curveType: string,
    platform?: string,
  ): AttenuationCurve | null | undefined;
  /** State Groups of the States tab. */
  stateGroups(object: WwiseObject): readonly WwiseObject[];
  /** Names of the properties that States change; the default ones when the object lists none. */
  stateProperties(object: WwiseObject): readonly string[];
  /** The values an object has in States: a CustomState object for each, with the State it stands for. */
  customStates(
    object: WwiseObject,
  ): readonly { readonly state: WwiseObject | null; readonly values: WwiseObject }[];
  switchAssignments(container: WwiseObject): readonly SwitchAssignment[];
  blendTracks(container: WwiseObject): readonly WwiseObject[];
  blendAssignments(track: WwiseObject): readonly BlendAssignment[];
  inclusions(soundBank: WwiseObject): readonly Inclusion[];
  /** What is excluded from a SoundBank. */
  exclusions(soundBank: WwiseObject): readonly WwiseObject[];
  /** The Game Parameter of a Switch Group, whether it is used or not. */
  switchGroupGameParameter(group: WwiseObject): WwiseObject | null;
  /** The paths of a Dialogue Event or Music Switch Container in files up to 2022.1, where they are no objects. */
  legacyEntries(
    owner: WwiseObject,
  ): readonly { readonly path: readonly WwiseObject[]; readonly audioNode: WwiseObject | null }[];
  /** The audio source a music clip plays. */
  clipSource(clip: WwiseObject): WwiseObject | null;
  /** The codec a Conversion uses on a platform, by its name in files (`Vorbis`). */
  codec(conversion: WwiseObject, platform?: string): string | undefined;
  /** What a SearchCriteria asks for: the GUID of its search operation. */
  searchOperation(criteria: WwiseObject): string | undefined;
  /** The segment a music transition plays in between. */
  musicTransitionObject(transition: WwiseObject): WwiseObject | null;
}

/** A file in Originals: its language, the folder below Originals that it lies in, and where it is from there. */
export interface SourceFile {
  readonly language: string;
  /** `SFX`, `Voices\English(US)`, `Plugins\Wwise Convolution Reverb` */
  readonly folder: string;
  readonly relativePath: string;
  readonly absolutePath: string;
}

/** Wwise's version a project was last saved with. */
export interface SavedVersion {
  readonly year: number;
  readonly major: number;
  readonly minor: number;
  readonly build: number;
  readonly schema: number;
}

/** The open project, to read. */
export interface ProjectModel extends StructureReader {
  readonly version: SavedVersion;
  readonly project: WwiseObject;
  readonly platforms: readonly Platform[];
  /** Every language, the pseudo-languages SFX, Mixed and External included. */
  readonly languages: readonly NamedId[];
  readonly defaultLanguage: NamedId;
  /** The top folders (`\Containers`, `\Events`, ...), sorted by name. Their parent is the project. */
  readonly roots: readonly WwiseObject[];

  byId(id: string): WwiseObject | undefined;
  /** Absolute path with backslashes, without case; `\` is the project. Old and new root names both work. */
  byPath(path: string): WwiseObject | undefined;
  /** `byName('Event', 'Play')`, only meaningful for types with project-wide unique names. */
  byName(type: string, name: string): WwiseObject | undefined;
  byShortId(type: string, shortId: number): WwiseObject | undefined;
  /** Every object of the hierarchy and every custom object and list item, hierarchy first, parents before children. */
  all(): Iterable<WwiseObject>;
  /** All objects of a type, custom ones included. Legacy type names find the current type. */
  ofType(type: string): Iterable<WwiseObject>;
  /**
   * What has this name, case ignored, in the list of names that an object of the type shares below that parent: two in a
   * project never have one. Empty where the parent alone matters.
   */
  namesakes(type: string, parent: WwiseObject, name: string): readonly WwiseObject[];
  /** Canonical spelling of a type that exists in this Wwise version, or undefined. */
  typeName(name: string): string | undefined;

  /** Facts of the object's type; for plug-ins those of the plug-in merged in. Undefined for a type the table does not know. */
  facts(object: WwiseObject): TypeFacts | undefined;
  factsOf(type: string): TypeFacts | undefined;
  factsOfClass(classId: number): TypeFacts | undefined;
  allFacts(): readonly TypeFacts[];

  /** Value stored on the object (default when the file has none); undefined when the type has no such property. */
  property(object: WwiseObject, name: string, platform?: string): PropertyValue | undefined;
  /** Value in effect: taken from the nearest ancestor-or-self that overrides, for properties that are inherited. */
  effectiveProperty(object: WwiseObject, name: string, platform?: string): PropertyValue | undefined;
  /** Target stored on the object; null when unset or dangling; undefined when the type has no such reference. */
  reference(object: WwiseObject, name: string): WwiseObject | null | undefined;
  effectiveReference(object: WwiseObject, name: string): WwiseObject | null | undefined;
  /** Items of a list (`Effects`, `RTPC`, ...) stored on the object; undefined when the type has no such list. */
  list(object: WwiseObject, name: string): readonly WwiseObject[] | undefined;
  /**
   * Reads one member of many objects as it is stored: what `property`, `reference` or `list` gives of it. `facts`: those of the
   * object.
   */
  stored(
    name: string,
    platform?: string,
  ): (
    object: WwiseObject,
    facts: TypeFacts | undefined,
  ) => PropertyValue | WwiseObject | null | readonly WwiseObject[] | undefined;
  /** How the object's file holds a list; undefined when its schema has none in a known layout. */
  listForm(object: WwiseObject, name: string): ListForm | undefined;
  /**
   * What a Switch Container has set for a child of it; null when nothing is said about the child, undefined for what is no
   * child of one.
   */
  switchChildContext(child: WwiseObject): WwiseObject | null | undefined;
  /** The randomizer of a property, when the object has one (a Modifier object). */
  randomizer(object: WwiseObject, property: string): WwiseObject | undefined;
  /** True when some type, plug-in or custom property of the project has a property, reference or list of this name. */
  knowsMember(name: string): boolean;
  /** Active audio source of a Sound or MusicTrack for a language (default: the default language, SFX for SFX sounds). */
  activeSource(object: WwiseObject, language?: string, platform?: string): WwiseObject | null;
  /** Objects whose references point at this one, each once. */
  referencesTo(object: WwiseObject): Iterable<WwiseObject>;
  /** How many children an object has at most; costs no look at each, as its list of children may. */
  childCount(object: WwiseObject): number;
  /** `\Containers\Default Work Unit\Footsteps` */
  path(object: WwiseObject): string;
  /** What the object is called in its path: its name, or what stands for one. */
  pathSegment(object: WwiseObject): string;
  /** The Work Unit whose file holds the object; a Work Unit is its own. Null for the project. */
  workUnit(object: WwiseObject): WwiseObject | null;
  /** Absolute path of the .wwu (.wproj) that holds the object. */
  filePath(object: WwiseObject): string;
  shortId(object: WwiseObject): number;
  classId(object: WwiseObject): number;
  /** `Name` of the plug-in of an Effect, SourcePlugin or AudioDevice, else undefined. */
  pluginName(object: WwiseObject): string | undefined;
  /** The file of an AudioFileSource, of a MidiFileSource or of what a plug-in reads, such as an impulse response. */
  audioFile(source: WwiseObject): SourceFile | undefined;
  /** Name of the language of a source, be it a file or a plug-in; undefined for anything else. */
  sourceLanguage(object: WwiseObject): string | undefined;
  /** Text of a simple child element of the object's definition (`Language`, `MediaID`...), for facts no property has. */
  mediaId(source: WwiseObject): number | undefined;
  isDirty(workUnit: WwiseObject): boolean;
  /** False for a Work Unit that was unloaded: it has no children until it is loaded again. */
  isLoaded(workUnit: WwiseObject): boolean;
  /** True while the platform (name or GUID) has no value of its own for the property. */
  isLinked(object: WwiseObject, property: string, platform: string): boolean;
  /** Facts of a Curve object's points, in order. */
  points(
    curve: WwiseObject,
  ): readonly { readonly x: number; readonly y: number; readonly shape: string }[] | undefined;
}

/** What an edit changed, in order, for the topics. An undo reports the reverse. */
export type ModelChange =
  | { readonly kind: 'created'; readonly object: WwiseObject }
  | { readonly kind: 'deleted'; readonly object: WwiseObject; readonly path: string }
  | { readonly kind: 'childAdded'; readonly parent: WwiseObject; readonly child: WwiseObject }
  | { readonly kind: 'childRemoved'; readonly parent: WwiseObject; readonly child: WwiseObject }
  | {
      readonly kind: 'nameChanged';
      readonly object: WwiseObject;
      readonly oldName: string;
      readonly newName: string;
    }
  | {
      readonly kind: 'notesChanged';
      readonly object: WwiseObject;
      readonly oldNotes: string;
      readonly newNotes: string;
    }
  | {
      readonly kind: 'propertyChanged';
      readonly object: WwiseObject;
      readonly property: string;
      readonly old: PropertyValue;
      readonly new: PropertyValue;
      readonly platform: string | null;
    }
  | {
      readonly kind: 'referenceChanged';
      readonly object: WwiseObject;
      readonly reference: string;
      readonly old: WwiseObject | null;
      readonly new: WwiseObject | null;
    }
  /** Noted before anything of a deletion: of the object itself and, before theirs, of everything below it. */
  | { readonly kind: 'deleting'; readonly object: WwiseObject; readonly path: string }
  | {
      readonly kind: 'assignmentAdded' | 'assignmentRemoved';
      readonly container: WwiseObject;
      readonly child: WwiseObject;
      readonly stateOrSwitch: WwiseObject;
    }
  | {
      /** `LinkChanged`: a platform got a curve of its own. */
      readonly kind: 'attenuationCurveChanged' | 'attenuationCurveLinkChanged';
      readonly attenuation: WwiseObject;
      readonly curveType: string;
    }
  | { readonly kind: 'curveChanged'; readonly curve: WwiseObject; readonly owner: WwiseObject };
