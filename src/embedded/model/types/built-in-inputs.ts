import { attribute, element, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import { ObjectNode } from '../index/object-node.ts';

/** What Wwise calls the type of an input that is part of it: MIDI note, velocity... */
export const builtInInputType = 'MidiParameter';

/**
 * An input that is part of Wwise: no file defines it, RTPCs name it by a GUID that is the same in every project. Those measured
 * are known, and what an RTPC of this project names so: without a Work Unit, as no object of a project is named. Undefined for
 * anything else.
 */
export function builtInInput(index: ObjectIndex, id: string): ObjectNode | undefined {
  if (index.byId.has(id)) return undefined;
  const nodes = nodesOf(index);
  const made = nodes.get(id);
  if (made !== undefined) return made;
  const known = measured.find((one) => one.id === id);
  const name = known?.name ?? nameInUse(index, id);
  const file = [...(index.byType.get('Project') ?? [])][0]?.file;
  if (name === undefined || file === undefined) return undefined;
  const shortId = known?.shortId ?? midiShortId(name);
  const definition = element(builtInInputType, { Name: name, ID: id, ShortID: shortId?.toString() });
  const node = new ObjectNode(id, builtInInputType, definition, file, index);
  node.cachedChildren = [];
  nodes.set(id, node);
  return node;
}

/** Every one that is known in this project. */
export function builtInInputs(index: ObjectIndex): readonly ObjectNode[] {
  const ids = new Set(measured.map(({ id }) => id));
  for (const rtpc of index.byType.get('RTPC') ?? []) {
    for (const pointer of pointersIn(rtpc.element)) ids.add((attribute(pointer, 'ID') ?? '').toUpperCase());
  }
  return [...ids].flatMap((id) => builtInInput(index, id) ?? []);
}

/** Whether the element is that of such an input: it is in no file, and nothing can change it. */
export function isBuiltInInput(definition: WwuElement): boolean {
  return definition.parent === null && definition.name === builtInInputType;
}

/** GUID and name in files that Wwise saved (2022.1 to 2025.1, factory assets among them); the short id in generated SoundBanks. */
const measured: readonly { readonly id: string; readonly name: string; readonly shortId: number }[] = [
  { id: '{B618CC3D-04FA-4149-A36B-37B8A1F2B642}', name: 'MIDI note velocity', shortId: 129 },
];

/**
 * The number of an input of MIDI in the sound engine, by what its name says (the enum of its source; the velocity is measured):
 * controllers from 0 on are numbered from 1. Undefined for anything else.
 */
function midiShortId(name: string): number | undefined {
  if (!/^midi\b/i.test(name)) return undefined;
  const controller = /\bcc\D{0,10}(\d{1,3})\b/i.exec(name)?.[1];
  if (controller !== undefined) return Number(controller) < 128 ? Number(controller) + 1 : undefined;
  return midiInputs.find(({ says }) => says.test(name))?.shortId;
}

/** What is said of all of them is asked last. */
const midiInputs: readonly { readonly says: RegExp; readonly shortId: number }[] = [
  { says: /velocity/i, shortId: 129 },
  { says: /aftertouch/i, shortId: 130 },
  { says: /pitch ?bend/i, shortId: 131 },
  { says: /frequency/i, shortId: 132 },
  { says: /\b(note|key)\b/i, shortId: 133 },
];

const nodesByIndex = new WeakMap<ObjectIndex, Map<string, ObjectNode>>();

function nodesOf(index: ObjectIndex): Map<string, ObjectNode> {
  let nodes = nodesByIndex.get(index);
  if (nodes === undefined) {
    nodes = new Map();
    nodesByIndex.set(index, nodes);
  }
  return nodes;
}

function nameInUse(index: ObjectIndex, id: string): string | undefined {
  const pointer = index.referencesTo(id).find(isBuiltInPointer);
  return pointer === undefined ? undefined : attribute(pointer, 'Name');
}

function isBuiltInPointer(pointer: WwuElement): boolean {
  const { parent } = pointer;
  return (
    pointer.name === 'ObjectRef' &&
    attribute(pointer, 'WorkUnitID') === undefined &&
    parent?.name === 'Reference' &&
    attribute(parent, 'Name') === 'ControlInput'
  );
}

function* pointersIn(rtpc: WwuElement): Generator<WwuElement> {
  for (const list of rtpc.children) {
    if (list.name !== 'ReferenceList') continue;
    for (const { children } of list.children)
      for (const pointer of children) if (isBuiltInPointer(pointer)) yield pointer;
  }
}
