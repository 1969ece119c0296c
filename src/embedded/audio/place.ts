import { didYouMean } from '../../core/nearest.ts';
import type { ModelEditor } from '../model/editor.ts';
import { isPhysicalFolder } from '../model/hierarchy-rules.ts';
import type { ProjectModel, WwiseObject } from '../model/model.ts';
import { childNamed, freeName } from '../model/sibling-names.ts';
import { defaultTypeBelow, refuseForeignChild } from './import-homes.ts';
import { ImportProblem } from './import-problem.ts';
import { type NodeType, nodeType, nodeTypeValues } from './node-types.ts';
import type { ObjectPath, PathSegment } from './object-path.ts';

/** `useExisting` reuses the object of that name, `replaceExisting` makes it anew, `createNew` makes another beside it. */
export type ImportOperation = 'useExisting' | 'createNew' | 'replaceExisting';

/** Where an import puts its object: decided before anything is changed. */
export interface Place {
  /** The deepest object of the path that exists, the target itself excepted. */
  readonly parent: WwiseObject;
  /** Containers to create below it, outermost first. */
  readonly missing: readonly (NodeType & { readonly name: string })[];
  readonly action: 'create' | 'reuse' | 'replace';
  /** The object to reuse or to replace. */
  readonly existing: WwiseObject | undefined;
  readonly type: string;
  readonly implies: NodeType['implies'];
  readonly name: string;
  /** Name of the audio source, when the path ends with one. */
  readonly sourceName: string | undefined;
}

interface Wishes {
  readonly operation: ImportOperation;
  readonly objectType: string | undefined;
  readonly hasAudio: boolean;
}

/** Finds what of the path exists and what has to be made. Throws ImportProblem; changes nothing. */
export function planPlace(path: ObjectPath, wishes: Wishes, model: ProjectModel): Place {
  const { sourceName, segments } = splitSource(path, wishes, model);
  const last = segments.at(-1);
  if (last === undefined)
    throw new ImportProblem(`"${path.text}" names no object below ${model.path(path.start)}.`);
  const { parent, missing } = planAncestors(path, segments.slice(0, -1), model);

  const existing = missing.length === 0 ? childNamed(parent, last.name) : undefined;
  // With a source named below it, the object is only the way there, and one that is named itself is there to be filled:
  // the operation is about the source.
  const isFilled = path.isObject && wishes.operation === 'createNew';
  const operation = sourceName === undefined && !isFilled ? wishes.operation : 'useExisting';
  const wanted = targetType(
    last,
    existing,
    sourceName === undefined ? wishes : { ...wishes, objectType: undefined },
    defaultTypeBelow(missing.at(-1)?.type ?? parent.type, parent) ?? 'Sound',
    model,
  );
  const common = { parent, missing, ...wanted, sourceName };
  if (existing === undefined || operation === 'createNew') {
    refuseForeignChild(wanted.type, missing.at(-1)?.type, parent, model);
    return {
      ...common,
      action: 'create',
      existing: undefined,
      name: freeName(last.name, existing === undefined ? [] : parent.children),
    };
  }
  if (existing.type !== wanted.type) {
    throw new ImportProblem(
      `${model.path(existing)} is a ${existing.type}, not a ${wanted.type}: choose another name.`,
    );
  }
  return {
    ...common,
    action: operation === 'replaceExisting' ? 'replace' : 'reuse',
    existing,
    name: existing.name,
  };
}

/** Makes what the plan found missing. `created` are the new containers above the target. */
export function createPlace(
  place: Place,
  isVoice: boolean,
  editor: ModelEditor,
): { created: WwiseObject[]; target: WwiseObject } {
  const created: WwiseObject[] = [];
  let parent = place.parent;
  for (const wanted of place.missing) {
    parent = createObject(parent, wanted, false, editor);
    created.push(parent);
  }
  if (place.action === 'reuse' && place.existing !== undefined) return { created, target: place.existing };
  if (place.existing !== undefined) editor.remove(place.existing);
  return { created, target: createObject(parent, place, isVoice, editor) };
}

function createObject(
  parent: WwiseObject,
  wanted: NodeType & { readonly name: string },
  isVoice: boolean,
  editor: ModelEditor,
): WwiseObject {
  const object = editor.create(parent, { type: wanted.type, name: wanted.name });
  for (const [name, value] of nodeTypeValues(wanted.implies, isVoice))
    editor.setProperty(object, name, value);
  return object;
}

/** Takes a trailing audio source off the path: `...\<Sound SFX>A\<AudioFileSource>B`, or the path of an existing one. */
function splitSource(
  path: ObjectPath,
  wishes: Wishes,
  model: ProjectModel,
): { sourceName: string | undefined; segments: readonly PathSegment[] } {
  const { segments } = path;
  const last = segments.at(-1);
  const type = last?.type ?? wishes.objectType;
  const isSource =
    type === undefined
      ? typeAt(path, model) === 'AudioFileSource'
      : nodeType(type, model).type === 'AudioFileSource';
  if (!isSource || last === undefined) return { sourceName: undefined, segments };
  if (!wishes.hasAudio)
    throw new ImportProblem(`"${path.text}" ends with an audio source, but the import has no audio file.`);
  return { sourceName: last.name, segments: segments.slice(0, -1) };
}

function typeAt(path: ObjectPath, model: ProjectModel): string | undefined {
  let at: WwiseObject | undefined = path.start;
  for (const { name } of path.segments) at = at && child(at, name, model);
  return at?.type;
}

function planAncestors(
  path: ObjectPath,
  segments: readonly PathSegment[],
  model: ProjectModel,
): Pick<Place, 'parent' | 'missing'> {
  let parent = path.start;
  const missing: (NodeType & { name: string })[] = [];
  for (const segment of segments) {
    const next = missing.length === 0 ? child(parent, segment.name, model) : undefined;
    if (next !== undefined) {
      parent = next;
      continue;
    }
    if (missing.length === 0 && (parent === model.project || isPhysicalFolder(parent))) {
      const near = didYouMean(
        segment.name,
        parent.children.map(({ name }) => name),
      );
      throw new ImportProblem(
        `"${path.text}" leads through no existing Work Unit: ${model.path(parent)} has no "${segment.name}".${near}`,
      );
    }
    const wanted = nodeType(segment.type ?? untyped, model);
    refuseForeignChild(wanted.type, missing.at(-1)?.type, parent, model);
    missing.push({ ...wanted, name: segment.name });
  }
  return { parent, missing };
}

/** Below the project, the top folders answer to their old and new names. */
function child(parent: WwiseObject, name: string, model: ProjectModel): WwiseObject | undefined {
  return parent.id === model.project.id ? model.byPath(`\\${name}`) : childNamed(parent, name);
}

function targetType(
  segment: PathSegment,
  existing: WwiseObject | undefined,
  wishes: Wishes,
  typeOfAudio: string,
  model: ProjectModel,
): NodeType {
  const name = segment.type ?? wishes.objectType;
  if (name !== undefined) return nodeType(name, model);
  if (existing !== undefined) return { type: existing.type, implies: {} };
  return wishes.hasAudio ? { type: typeOfAudio, implies: {} } : nodeType(untyped, model);
}

/** What a name without a type is, when nothing of that name exists (documented). */
const untyped = 'Virtual Folder';
