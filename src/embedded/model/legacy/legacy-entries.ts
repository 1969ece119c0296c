import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { ensureSection, insertInOrder } from '../structure/sections.ts';
import type { EditLog } from '../writing/edit-log.ts';
import { workUnitId } from '../writing/write-reference.ts';

/** A path of a Dialogue Event or Music Switch Container, and what plays on it. */
export interface LegacyEntry {
  /** For each argument its State or Switch, or the group itself for whatever else comes. */
  readonly path: readonly ObjectNode[];
  readonly audioNode: ObjectNode | null;
}

/**
 * Paths as files up to 2022.1 hold them (measured on public projects of 2013.2 to 2021.1): `<Entry>` without name or GUID, so no
 * object of its own; `<Path>` with a PathElementRef for each argument, and `<AudioNodeInfo>` with an AudioNodeRef per platform.
 */
export function readLegacyEntries(index: ObjectIndex, owner: ObjectNode): readonly LegacyEntry[] {
  return entriesOf(owner).map((entry) => ({
    path: pathOf(entry).flatMap((step) => index.byId.get(idOf(step)) ?? []),
    audioNode: index.byId.get(idOf(childNamed(entry, 'AudioNodeInfo')?.children[0])) ?? null,
  }));
}

/** Lets a path play an object on all platforms: the entry with that path, or a new one after the others. */
export function writeLegacyEntry(
  log: EditLog,
  owner: ObjectNode,
  path: readonly ObjectNode[],
  audioNode: ObjectNode,
): void {
  const reference = element('AudioNodeRef', {
    Name: audioNode.name,
    ID: audioNode.id,
    WorkUnitID: workUnitId(audioNode),
    Platform: 'Linked',
  });
  const wanted = path.map(({ id }) => id).join();
  const present = entriesOf(owner).find((entry) => pathOf(entry).map(idOf).join() === wanted);
  if (present === undefined) {
    const steps = path.map(({ name, id }) => element('PathElementRef', { Name: name, ID: id }));
    const list = ensureSection(log, owner.element, 'EntryList');
    const entry = element('Entry', {}, [
      element('Path', {}, steps),
      element('AudioNodeInfo', {}, [reference]),
    ]);
    log.insert(list, list.children.length, entry);
    return;
  }
  const info = childNamed(present, 'AudioNodeInfo');
  if (info === undefined) {
    insertInOrder(log, present, element('AudioNodeInfo', {}, [reference]));
    return;
  }
  const [only, ...others] = info.children;
  if (others.length === 0 && idOf(only) === audioNode.id) return;
  for (const old of [...info.children]) log.remove(old);
  log.insert(info, 0, reference);
}

/** Takes all paths away; what they play stays. */
export function removeLegacyEntries(log: EditLog, owner: ObjectNode): void {
  const list = childNamed(owner.element, 'EntryList');
  if (list !== undefined) log.remove(list);
}

function entriesOf(owner: ObjectNode): readonly WwuElement[] {
  return childNamed(owner.element, 'EntryList')?.children ?? [];
}

function pathOf(entry: WwuElement): readonly WwuElement[] {
  return childNamed(entry, 'Path')?.children ?? [];
}

function idOf(reference: WwuElement | undefined): string {
  return (reference === undefined ? undefined : attribute(reference, 'ID'))?.toUpperCase() ?? '';
}
