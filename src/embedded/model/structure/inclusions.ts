import { attribute, childNamed, element } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { refersTo } from '../reading/read-states.ts';
import type { EditLog } from '../writing/edit-log.ts';
import { workUnitId } from '../writing/write-reference.ts';
import { ensureSection } from './sections.ts';

interface Entry {
  readonly object: ObjectNode;
  readonly filter: number;
}

/** Entries of a SoundBank's inclusion list, in file order. */
export function readInclusions(index: ObjectIndex, bank: ObjectNode): readonly Entry[] {
  return (childNamed(bank.element, 'ObjectInclusionList')?.children ?? []).flatMap((entry) => {
    const object = refersTo(index, entry);
    return object === null ? [] : [{ object, filter: Number(attribute(entry, 'Filter') ?? everything) }];
  });
}

export function readExclusions(index: ObjectIndex, bank: ObjectNode): readonly ObjectNode[] {
  return (childNamed(bank.element, 'ObjectExclusionList')?.children ?? []).flatMap(
    (entry) => refersTo(index, entry) ?? [],
  );
}

/** Events, structures and media. */
const everything = 7;

/** Replaces the list. An entry that stays keeps its place; the list itself stays when it is empty, as Wwise writes it. */
export function writeInclusions(log: EditLog, bank: ObjectNode, entries: readonly Entry[]): void {
  const list = ensureSection(log, bank.element, 'ObjectInclusionList');
  const wanted = new Map(entries.map(({ object, filter }) => [object.id, { object, filter }]));
  for (const present of [...list.children]) {
    const id = (attribute(present, 'ID') ?? '').toUpperCase();
    const entry = wanted.get(id);
    if (entry === undefined) log.remove(present);
    else log.setAttribute(present, 'Filter', String(entry.filter));
    wanted.delete(id);
  }
  for (const { object, filter } of wanted.values()) {
    const made = element('ObjectRef', {
      Name: object.name,
      ID: object.id,
      WorkUnitID: workUnitId(object),
      Origin: 'Manual',
      Filter: String(filter),
    });
    log.insert(list, list.children.length, made);
  }
}
