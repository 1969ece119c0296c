import { childNamed, type WwuElement } from '../../wwu/tree.ts';
import { elementKind } from '../index/element-kind.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';

/** What today's lists were called when they were elements of their own (up to 2019.2, transitions and tables up to 2022.1). */
const legacyElements: Readonly<Record<string, readonly string[]>> = {
  clips: ['ClipList'],
  cues: ['CueList'],
  sequences: ['SequenceList'],
  stingers: ['StingerList'],
  arguments: ['ArgumentList'],
  playlist: ['Playlist'],
};

/**
 * Items of a list as files of former versions hold them: local objects in an element of their own, references to objects
 * elsewhere, RTPCs inside the properties they drive, effects behind four references.
 */
export function readLegacyItems(index: ObjectIndex, node: ObjectNode, list: string): readonly ObjectNode[] {
  if (list === 'rtpc') return legacyRtpcs(index, node);
  if (list === 'effects') return legacyEffects(index, node);
  return (legacyElements[list] ?? []).flatMap((name) =>
    (childNamed(node.element, name)?.children ?? []).flatMap((entry) => itemOf(index, entry) ?? []),
  );
}

function legacyRtpcs(index: ObjectIndex, node: ObjectNode): readonly ObjectNode[] {
  return (childNamed(node.element, 'PropertyList')?.children ?? []).flatMap((property) =>
    (childNamed(property, 'RTPCList')?.children ?? []).flatMap((rtpc) => index.nodeOf(rtpc) ?? []),
  );
}

/** There were no slots: the effects themselves are the items. */
function legacyEffects(index: ObjectIndex, node: ObjectNode): readonly ObjectNode[] {
  return (childNamed(node.element, 'ReferenceList')?.children ?? []).flatMap((reference) => {
    const name = reference.attributes[0]?.value ?? '';
    if (!/^Effect[0-3]$/.test(name)) return [];
    const [content] = reference.children;
    return content === undefined ? [] : (itemOf(index, content.children[0] ?? content) ?? []);
  });
}

function itemOf(index: ObjectIndex, entry: WwuElement): ObjectNode | undefined {
  if (elementKind(entry) !== 'reference') return index.nodeOf(entry);
  const id = entry.attributes.find(({ name }) => name === 'ID')?.value ?? '';
  return index.byId.get(id.toUpperCase());
}
