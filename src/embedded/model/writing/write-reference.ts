import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { legacyReferenceElement, writeLegacyReference } from '../legacy/legacy-references.ts';
import { readFacts } from '../reading/read-facts.ts';
import { referenceElement } from '../reading/read-references.ts';
import { ensureSection, insertSorted, removeAndPrune } from '../structure/sections.ts';
import type { EditLog } from './edit-log.ts';

/**
 * Points a reference at a shared object: an ObjectRef that repeats the target's name and the id of the Work Unit that
 * holds it. A custom object that stood there goes. Null removes the reference: Wwise writes nothing for an unset one.
 */
export function writeReference(
  log: EditLog,
  node: ObjectNode,
  reference: string,
  target: ObjectNode | null,
): void {
  const name = readFacts(node)?.reference(reference)?.name ?? reference;
  const legacy = legacyReferenceElement(node, name);
  if (legacy !== undefined) {
    writeLegacyReference(log, node, legacy, target, target === null ? undefined : workUnitId(target));
    return;
  }
  const present = referenceElement(node, name);
  if (target === null) {
    if (present !== undefined) removeAndPrune(log, present);
    return;
  }
  const plugin = pluginAttributes(target);
  if (present === undefined) {
    const made = element('Reference', { Name: name, ...plugin }, [objectRefElement(target)]);
    insertSorted(log, ensureSection(log, node.element, 'ReferenceList'), made);
    return;
  }
  for (const key of pluginAttributeNames) log.setAttribute(present, key, plugin[key]);
  const pointer = childNamed(present, 'ObjectRef');
  if (pointer === undefined) {
    for (const old of [...present.children]) log.remove(old);
    log.insert(present, 0, objectRefElement(target));
  } else if (attribute(pointer, 'ID') !== target.id) {
    // The index follows elements, not attributes: a reference to another object is another element.
    const at = present.children.indexOf(pointer);
    log.remove(pointer);
    log.insert(present, at, objectRefElement(target));
  }
}

/** `<ObjectRef Name ID WorkUnitID/>` for a target. */
export function objectRefElement(target: ObjectNode): WwuElement {
  return element('ObjectRef', { Name: target.name, ID: target.id, WorkUnitID: workUnitId(target) });
}

/** Id of the Work Unit whose file directly holds the object. */
export function workUnitId(target: ObjectNode): string | undefined {
  for (let at: ObjectNode | null = target; at !== null; at = at.parent ?? at.owner) {
    if (at.type === 'WorkUnit') return at.id;
  }
  return undefined;
}

const pluginAttributeNames = ['PluginName', 'CompanyID', 'PluginID', 'PluginType'] as const;

/** A reference to a plug-in names it; Wwise drops the "no plug-in" numbers some migrations left elsewhere. */
function pluginAttributes(
  target: ObjectNode,
): Partial<Record<(typeof pluginAttributeNames)[number], string>> {
  if (attribute(target.element, 'PluginName') === undefined) return {};
  return Object.fromEntries(
    pluginAttributeNames.flatMap((key) => {
      const value = attribute(target.element, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}
