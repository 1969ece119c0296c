import { creatableBelow, creatableBelowType, isPhysicalFolder } from '../model/hierarchy-rules.ts';
import type { ProjectModel, WwiseObject } from '../model/model.ts';
import { ImportProblem } from './import-problem.ts';

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
 * Throws ImportProblem when an import cannot create a `type` there. `createdParentType` is the type of a parent that
 * does not exist yet, `parent` the object that exists.
 */
export function refuseForeignChild(
  type: string,
  createdParentType: string | undefined,
  parent: WwiseObject,
  model: ProjectModel,
): void {
  if (!importable.has(type)) {
    throw new ImportProblem(
      `This engine imports into Sounds, music and the containers around them; it does not create a ${type} by import. Create it with ak.wwise.core.object.create first.`,
    );
  }
  if (createdParentType !== undefined) {
    if (creatableBelowType(createdParentType, parent).includes(type)) return;
    throw new ImportProblem(`A ${type} cannot be a child of a ${createdParentType}.`);
  }
  const allowed = creatableBelow(parent);
  if (allowed.includes(type)) return;
  if (isPhysicalFolder(parent)) {
    throw new ImportProblem(
      `A ${type} needs a Work Unit: use a path like \\Containers\\Default Work Unit\\...; ${model.path(parent)} is a folder.`,
    );
  }
  throw new ImportProblem(`A ${type} cannot be a child of ${model.path(parent)}, a ${parent.type}.`);
}

/** True for what can take a Sound or a Music Segment as a child. */
export function canHoldSounds(object: WwiseObject): boolean {
  return defaultTypeBelow(object.type, object) !== undefined;
}

/**
 * What Wwise makes of an audio file that is imported there: a Music Track in a segment, a segment in the music containers and
 * in the music hierarchy of former versions, else a Sound. Undefined where it can be none of them.
 */
export function defaultTypeBelow(parentType: string, inside: WwiseObject): string | undefined {
  const allowed = creatableBelowType(parentType, inside);
  return ['Sound', 'MusicSegment', 'MusicTrack'].find((type) => allowed.includes(type));
}
