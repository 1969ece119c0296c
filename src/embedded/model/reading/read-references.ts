import { attribute, childNamed, type WwuElement } from '../../wwu/tree.ts';
import { elementKind } from '../index/element-kind.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { readLegacyItems } from '../legacy/legacy-lists.ts';
import { readLegacyReference } from '../legacy/legacy-references.ts';
import type { ListFacts, ReferenceFacts } from '../model.ts';
import { listForm } from '../structure/list-forms.ts';
import { builtInInput } from '../types/built-in-inputs.ts';
import { readFacts } from './read-facts.ts';
import { inEffect, sameName } from './read-properties.ts';

/** Target of a reference stored on the object; null when unset or dangling, undefined when the type has none of that name. */
export function readReference(
  index: ObjectIndex,
  node: ObjectNode,
  name: string,
): ObjectNode | null | undefined {
  return readReferenceOf(index, node, readFacts(node)?.reference(name), name);
}

/** The same where the facts of the reference are known. */
export function readReferenceOf(
  index: ObjectIndex,
  node: ObjectNode,
  facts: ReferenceFacts | undefined,
  name: string,
): ObjectNode | null | undefined {
  const written = referenceElement(node, facts?.name ?? name);
  if (written === undefined)
    return facts === undefined ? undefined : readLegacyReference(index, node, facts.name);
  return referenceTarget(index, written);
}

export function readEffectiveReference(
  index: ObjectIndex,
  node: ObjectNode,
  name: string,
): ObjectNode | null | undefined {
  return readReference(index, inEffect(node, name), name);
}

/** The Reference element of that name, without case. */
export function referenceElement(node: ObjectNode, name: string): WwuElement | undefined {
  for (const candidate of childNamed(node.element, 'ReferenceList')?.children ?? []) {
    if (sameName(attribute(candidate, 'Name'), name)) return candidate;
  }
  return undefined;
}

/**
 * Items of a list. They stand in an ObjectList, directly (2025.1) or inside Reference/Local (2021.1 to 2024.1), or are
 * shared objects behind Reference/ObjectRef; before, each list had a form of its own.
 */
export function readList(
  index: ObjectIndex,
  node: ObjectNode,
  name: string,
): readonly ObjectNode[] | undefined {
  return readListOf(index, node, readFacts(node)?.list(name), name);
}

/** The same where the facts of the list are known. */
export function readListOf(
  index: ObjectIndex,
  node: ObjectNode,
  facts: ListFacts | undefined,
  name: string,
): readonly ObjectNode[] | undefined {
  // Paths up to 2022.1 are no objects: such a list has nothing to give.
  if (listForm(facts?.name ?? name, node.file.schema) === 'entries') return undefined;
  const wanted = (facts?.name ?? name).toLowerCase();
  const items: ObjectNode[] = [];
  let found = false;
  for (const list of childNamed(node.element, 'ObjectLists')?.children ?? []) {
    if (attribute(list, 'Name')?.toLowerCase() !== wanted) continue;
    found = true;
    for (const entry of list.children) {
      const item = entry.name === 'Reference' ? referenceTarget(index, entry) : index.nodeOf(entry);
      if (item !== null && item !== undefined) items.push(item);
    }
  }
  items.push(...readLegacyItems(index, node, wanted));
  return found || facts !== undefined ? items : undefined;
}

function referenceTarget(index: ObjectIndex, reference: WwuElement): ObjectNode | null {
  for (const content of reference.children) {
    if (elementKind(content) === 'reference') {
      const id = (attribute(content, 'ID') ?? '').toUpperCase();
      return index.byId.get(id) ?? builtInInput(index, id) ?? null;
    }
    const owned = content.children[0];
    if ((content.name === 'Custom' || content.name === 'Local') && owned !== undefined)
      return index.nodeOf(owned) ?? null;
  }
  return null;
}
