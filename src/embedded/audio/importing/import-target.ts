import { windowsNameProblem } from '../../../core/files/windows-name.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { childByName, freeName } from '../../model/naming/sibling-names.ts';
import { isPhysicalFolder } from '../../model/types/hierarchy-rules.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { defaultTypeBelow, refuseForeignChild } from './import-homes.ts';
import { ImportProblem } from './import-problem.ts';
import { type ImportType, importType } from './import-types.ts';
import type { ObjectPath, PathSegment } from './object-path.ts';

/** `useExisting` reuses the object of that name, `replaceExisting` makes it anew, `createNew` makes another beside it. */
export type ImportOperation = 'useExisting' | 'createNew' | 'replaceExisting';

/** Where an import puts its object: decided before anything is changed. */
export interface ImportTarget {
  /** The deepest object of the path that exists, the target itself excepted. */
  readonly parent: WwiseObject;
  /** Containers to create below it, outermost first. */
  readonly missing: readonly (ImportType & { readonly name: string })[];
  readonly action: 'create' | 'reuse' | 'replace';
  /** The object to reuse or to replace. */
  readonly existing: WwiseObject | undefined;
  readonly type: string;
  readonly implies: ImportType['implies'];
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
export function planTarget(path: ObjectPath, wishes: Wishes, model: ProjectModel): ImportTarget {
  const { sourceName, segments } = splitSource(path, wishes, model);
  const last = segments.at(-1);
  if (last === undefined)
    throw new ImportProblem(`"${path.text}" names no object below ${model.path(path.start)}.`);
  const { parent, missing } = planAncestors(path, segments.slice(0, -1), model);

  const existing = missing.length === 0 ? childByName(parent, last.name) : undefined;
  // With a source named below it, the object is only the way there, and one that is named itself is there to be filled:
  // the operation is about the source.
  const isFilled = path.isObject && wishes.operation === 'createNew';
  const operation = sourceName === undefined && !isFilled ? wishes.operation : 'useExisting';
  const wanted = targetType(
    last,
    existing,
    sourceName === undefined ? wishes : { ...wishes, objectType: undefined },
    defaultTypeBelow(
      missing.at(-1)?.type ?? parent.type,
      parent,
      missing.map(({ type }) => type),
    ) ?? 'Sound',
    model,
  );
  const common = { parent, missing, ...wanted, sourceName };
  if (existing === undefined || operation === 'createNew') {
    refuseForeignChild(wanted, missing, parent, model);
    refuseFileName(wanted.type, last.name);
    return {
      ...common,
      action: 'create',
      existing: undefined,
      name: freeName(last.name, existing === undefined ? [] : parent.children),
    };
  }
  if (wanted.type === 'WorkUnit' && operation === 'replaceExisting')
    throw new ImportProblem(`${model.path(existing)} is a Work Unit, which cannot be replaced.`);
  if (existing.type !== wanted.type) {
    throw new ImportProblem(
      `${model.path(existing)} is ${aOrAn(existing.type)}, not ${aOrAn(wanted.type)}: choose another name.`,
    );
  }
  return {
    ...common,
    action: operation === 'replaceExisting' ? 'replace' : 'reuse',
    existing,
    name: existing.name,
  };
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
      : importType(type, model).type === 'AudioFileSource';
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
): Pick<ImportTarget, 'parent' | 'missing'> {
  let parent = path.start;
  const missing: (ImportType & { name: string })[] = [];
  for (const segment of segments) {
    const next = missing.length === 0 ? child(parent, segment.name, model) : undefined;
    if (next !== undefined) {
      parent = next;
      continue;
    }
    const isTop = parent === model.project;
    if (missing.length === 0 && (isTop || (isPhysicalFolder(parent) && segment.type === undefined))) {
      const near = didYouMean(
        segment.name,
        parent.children.map(({ name }) => name),
      );
      const way = isTop ? '' : ` Write <Work Unit>${segment.name} to create it.`;
      throw new ImportProblem(
        `"${path.text}" leads through no existing Work Unit: ${model.path(parent)} has no "${segment.name}".${near}${way}`,
      );
    }
    const wanted = importType(segment.type ?? untyped, model);
    refuseForeignChild(wanted, missing, parent, model);
    refuseFileName(wanted.type, segment.name);
    missing.push({ ...wanted, name: segment.name });
  }
  return { parent, missing };
}

/** Below the project, the top folders answer to their old and new names. */
function child(parent: WwiseObject, name: string, model: ProjectModel): WwiseObject | undefined {
  return parent.id === model.project.id ? model.byPath(`\\${name}`) : childByName(parent, name);
}

/** A Work Unit is a file, a Physical Folder a directory. */
function refuseFileName(type: string, name: string): void {
  const problem = type === 'WorkUnit' ? windowsNameProblem(name) : undefined;
  if (problem !== undefined)
    throw new ImportProblem(
      `A Work Unit cannot be called "${name}": its file is called so too, and it ${problem}.`,
    );
}

function targetType(
  segment: PathSegment,
  existing: WwiseObject | undefined,
  wishes: Wishes,
  typeOfAudio: string,
  model: ProjectModel,
): ImportType {
  const name = segment.type ?? wishes.objectType;
  if (name !== undefined) return importType(name, model);
  if (existing !== undefined) return { type: existing.type, implies: {} };
  return wishes.hasAudio ? { type: typeOfAudio, implies: {} } : importType(untyped, model);
}

/** What a name without a type is, when nothing of that name exists (documented). */
const untyped = 'Virtual Folder';
