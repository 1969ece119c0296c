import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import { elementKind } from '../index/element-kind.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { firstListsOfAllSchema } from '../structure/list-forms.ts';
import { insertInOrder } from '../structure/sections.ts';
import type { EditLog } from '../writing/edit-log.ts';

/**
 * The target of a reference that former versions wrote outside the ReferenceList: an RTPC's curve, the roots of transitions
 * and playlists, the segment and trigger of playlist items and stingers. Null when there is none.
 */
export function readLegacyReference(index: ObjectIndex, node: ObjectNode, name: string): ObjectNode | null {
  const section = sections[name];
  if (section !== undefined) {
    const [root] = childNamed(node.element, section)?.children ?? [];
    return root === undefined ? null : (index.nodeOf(root) ?? null);
  }
  const tag = elementNames[node.type]?.[name];
  const written = tag === undefined ? undefined : childNamed(node.element, tag);
  if (written === undefined) return null;
  if (elementKind(written) !== 'reference') return index.nodeOf(written) ?? null;
  return index.byId.get((attribute(written, 'ID') ?? '').toUpperCase()) ?? null;
}

/**
 * The element a reference is in the schema of the object's file; undefined where that is a Reference like any other. Those of
 * the project itself are elements in every version.
 */
export function legacyReferenceElement(node: ObjectNode, name: string): string | undefined {
  if (node.type === 'Project') return elementNames.Project?.[name];
  if (node.type === 'RTPC' || node.file.schema >= firstListsOfAllSchema) return undefined;
  return elementNames[node.type]?.[name];
}

/** Points such a reference at a target; null takes it away. */
export function writeLegacyReference(
  log: EditLog,
  node: ObjectNode,
  tag: string,
  target: ObjectNode | null,
  workUnit: string | undefined,
): void {
  const present = childNamed(node.element, tag);
  if (present !== undefined) log.remove(present);
  if (target === null) return;
  // An item plays segments of its own container, named without their Work Unit, as the project names what it refers to.
  const home = node.type === 'MusicPlaylistItem' || node.type === 'Project' ? undefined : workUnit;
  insertInOrder(log, node.element, element(tag, { Name: target.name, ID: target.id, WorkUnitID: home }));
}

/** Puts a root in the place of the one that is there. False where roots are references like any other. */
export function replaceLegacyRoot(log: EditLog, node: ObjectNode, name: string, root: WwuElement): boolean {
  const section = sections[name];
  if (section === undefined || node.file.schema >= firstListsOfAllSchema) return false;
  const present = childNamed(node.element, section);
  if (present !== undefined) log.remove(present);
  insertInOrder(log, node.element, element(section, {}, [root]));
  return true;
}

/** Up to 2022.1 a root stood in an element of its own. */
const sections: Readonly<Record<string, string>> = {
  TransitionRoot: 'TransitionList',
  PlaylistRoot: 'Playlist',
};

const elementNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Project: { EnvironmentalCurves: 'EnvironmentalCurves' },
  RTPC: { Curve: 'Curve' },
  MusicPlaylistItem: { Segment: 'SegmentRef' },
  MusicStinger: { Segment: 'SegmentRef', Trigger: 'TriggerRef' },
};
