import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { creatableBelow, creatableBelowType, isPhysicalFolder } from '../../model/types/hierarchy-rules.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { ImportProblem } from './import-problem.ts';
import type { ImportType } from './import-types.ts';

/** What an import creates: Sounds, music, and the containers around them. */
const importable = new Set([
  'Folder',
  'PropertyContainer',
  'ActorMixer',
  'RandomSequenceContainer',
  'SwitchContainer',
  'BlendContainer',
  'Sound',
  'MusicSwitchContainer',
  'MusicPlaylistContainer',
  'MusicSegment',
  'MusicTrack',
]);

/**
 * Throws ImportProblem when an import cannot create a `wanted` there. `missing` is what is to be created around it, outermost
 * first, `parent` the object that exists.
 */
export function refuseForeignChild(
  wanted: ImportType,
  missing: readonly ImportType[],
  parent: WwiseObject,
  model: ProjectModel,
): void {
  const { type } = wanted;
  const above = missing.at(-1);
  const between = missing.map((one) => one.type);
  const isInFolder = above === undefined ? isFolder(parent) : isPhysicalFolderType(above);
  if (type === 'WorkUnit') refuseForeignWorkUnit(wanted, above, parent, isInFolder, model);
  else if (!importable.has(type)) {
    throw new ImportProblem(
      `This engine imports into Sounds, music and the containers around them; it does not create ${aOrAn(type)} by import. Create it with ak.wwise.core.object.create first.`,
    );
  } else if (isInFolder) {
    const folder = above === undefined ? model.path(parent) : 'a Physical Folder';
    throw new ImportProblem(
      `A ${type} needs a Work Unit: use a path like \\Containers\\Default Work Unit\\... or \\Containers\\<Work Unit>Name\\...; ${folder} is a folder.`,
    );
  } else if (above !== undefined) {
    if (creatableBelowType(above.type, parent, between).includes(type)) return;
    throw new ImportProblem(`A ${type} cannot be a child of ${aOrAn(above.type)}.`);
  } else if (!creatableBelow(parent).includes(type)) {
    throw new ImportProblem(`A ${type} cannot be a child of ${model.path(parent)}, ${aOrAn(parent.type)}.`);
  }
}

/** True for the node type `Physical Folder`, a directory of Work Units; a Work Unit has a file of its own. */
export function isPhysicalFolderType({ type, implies }: ImportType): boolean {
  return type === 'WorkUnit' && implies.IsTopWorkUnit === true;
}

function isFolder(object: WwiseObject): boolean {
  return object.parent?.type === 'Project' || isPhysicalFolder(object);
}

function refuseForeignWorkUnit(
  wanted: ImportType,
  above: ImportType | undefined,
  parent: WwiseObject,
  isInFolder: boolean,
  model: ProjectModel,
): void {
  if (isInFolder) return;
  const where = above === undefined ? model.path(parent) : `${aOrAn(above.type)}`;
  if (isPhysicalFolderType(wanted))
    throw new ImportProblem(
      `A Physical Folder cannot be created below ${where}: it needs a folder above it.`,
    );
  const allowed = above === undefined ? creatableBelow(parent) : creatableBelowType(above.type, parent);
  if (!allowed.includes('WorkUnit')) throw new ImportProblem(`A Work Unit cannot be created below ${where}.`);
}

/** True for what can take a Sound or a Music Segment as a child. */
export function canHoldSounds(object: WwiseObject): boolean {
  return defaultTypeBelow(object.type, object) !== undefined;
}

/**
 * What Wwise makes of an audio file that is imported there: a Music Track in a segment, a segment in the music containers and
 * in the music hierarchy of former versions, else a Sound. Undefined where it can be none of them.
 */
export function defaultTypeBelow(
  parentType: string,
  inside: WwiseObject,
  between: readonly string[] = [],
): string | undefined {
  const allowed = creatableBelowType(parentType, inside, between);
  return ['Sound', 'MusicSegment', 'MusicTrack'].find((type) => allowed.includes(type));
}
