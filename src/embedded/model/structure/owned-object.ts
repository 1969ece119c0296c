import { childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import { freshGuid, newObjectElement } from '../creating/new-object.ts';
import type { CurvePoint, OwnedSpec } from '../editor.ts';
import { shortIdOfGuid } from '../ids/short-id.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { replaceLegacyRoot } from '../legacy/legacy-references.ts';
import { readFacts } from '../reading/read-facts.ts';
import { drivenProperty, readProperty } from '../reading/read-properties.ts';
import { referenceElement } from '../reading/read-references.ts';
import { decibels, rtpcCurveFlags } from '../types/curve-flags.ts';
import { factsOfClassId } from '../types/type-table.ts';
import type { EditLog } from '../writing/edit-log.ts';
import { curveElement, replacementCurve } from '../writing/write-curve.ts';
import { ensureSection, insertInOrder, insertSorted } from './sections.ts';

/** Gives a reference an object of its own (`Reference/Custom`), in place of what it pointed at. */
export function writeOwnedObject(
  log: EditLog,
  index: ObjectIndex,
  owner: ObjectNode,
  reference: string,
  spec: OwnedSpec,
): WwuElement {
  const made =
    spec.points === undefined
      ? ownedElement(index, spec)
      : ownedCurve(owner, reference, spec.name, spec.points);
  if (drivenProperty(owner) !== undefined && reference === 'Curve') {
    // An RTPC inside its property holds its curve itself.
    const old = owner.element.children.find((child) => child.name === 'Curve');
    if (old !== undefined) log.remove(old);
    insertInOrder(log, owner.element, made);
    return made;
  }
  if (replaceLegacyRoot(log, owner, reference, made)) return made;
  const present = referenceElement(owner, reference);
  if (present !== undefined) log.remove(present);
  const plugin = pluginAttributes(spec.classId);
  insertSorted(
    log,
    ensureSection(log, owner.element, 'ReferenceList'),
    element('Reference', { Name: reference, ...plugin }, [element('Custom', {}, [made])]),
  );
  return made;
}

/** The curve of an RTPC is flagged by the property it drives; one in place of another keeps the flags. */
function ownedCurve(
  owner: ObjectNode,
  reference: string,
  name: string,
  points: readonly CurvePoint[],
): WwuElement {
  const flags = owner.type === 'RTPC' ? flagsOfRtpc(owner) : decibels;
  const former = formerCurve(owner, reference);
  return former === undefined
    ? curveElement(name, points, flags)
    : replacementCurve(former, name, points, flags);
}

function flagsOfRtpc(rtpc: ObjectNode): number {
  const property = String(readProperty(rtpc, 'PropertyName', '') ?? '');
  const facts = rtpc.owner === null ? undefined : readFacts(rtpc.owner)?.property(property);
  return rtpcCurveFlags(property, facts);
}

function formerCurve(owner: ObjectNode, reference: string): WwuElement | undefined {
  if (drivenProperty(owner) !== undefined) return childNamed(owner.element, 'Curve');
  const present = referenceElement(owner, reference);
  const custom = present === undefined ? undefined : childNamed(present, 'Custom');
  return custom === undefined ? undefined : childNamed(custom, 'Curve');
}

/** A custom Effect has a ShortID, unlike a ShareSet (measured). */
function ownedElement(index: ObjectIndex, { type, name, classId }: OwnedSpec): WwuElement {
  const id = freshGuid(index);
  const shortId = type === 'Effect' ? { ShortID: String(shortIdOfGuid(id)) } : {};
  return newObjectElement(index, type, name, id, [], { ...shortId, ...pluginAttributes(classId) });
}

/** What names a plug-in in the file. The class id is (pluginId << 16) | (companyId << 4) | pluginType. */
export function pluginAttributes(classId: number | undefined): Readonly<Record<string, string | undefined>> {
  if (classId === undefined) return {};
  const pluginType = classId & 0xf;
  return {
    PluginName: factsOfClassId(classId)?.name ?? deviceNames[classId],
    CompanyID: String((classId >>> 4) & 0xfff),
    PluginID: String(classId >>> 16),
    // Source plug-ins are written without their type (measured).
    PluginType: pluginType === 2 ? undefined : String(pluginType),
  };
}

/** The element that goes when an object goes: a list item or an owned object takes its wrapper along. */
export function wholeElement(node: ObjectNode): WwuElement {
  const wrapper = node.element.parent;
  const isWrapped = wrapper !== null && (wrapper.name === 'Local' || wrapper.name === 'Custom');
  return isWrapped && wrapper.parent !== null ? wrapper.parent : node.element;
}

/** Audio device plug-ins that project files name, in their class tables; the type table knows none. */
export const deviceNames: Readonly<Record<number, string>> = {
  11403271: 'System',
  11468807: 'DVR Bypass',
  11534343: 'Communication',
  11599879: 'Controller Headphones',
  11730951: 'Controller Speaker',
  11796487: 'Auxiliary',
  11862023: 'No Output',
  11927559: 'Remote System',
  33226759: 'Motion',
};
