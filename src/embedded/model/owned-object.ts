import { element, type WwuElement } from '../wwu/tree.ts';
import type { EditLog } from './edit-log.ts';
import type { CurvePoint, OwnedSpec } from './editor.ts';
import { newGuid } from './guid.ts';
import { freshGuid, newObjectElement } from './new-object.ts';
import type { ObjectIndex } from './object-index.ts';
import type { ObjectNode } from './object-node.ts';
import { referenceElement } from './read-references.ts';
import { ensureSection, insertSorted } from './sections.ts';
import { shortIdOfGuid } from './short-id.ts';
import { factsOfClassId } from './type-table.ts';

/** Gives a reference an object of its own (`Reference/Custom`), in place of what it pointed at. */
export function writeOwnedObject(
  log: EditLog,
  index: ObjectIndex,
  owner: ObjectNode,
  reference: string,
  spec: OwnedSpec,
): WwuElement {
  const made = spec.points === undefined ? ownedElement(index, spec) : curveElement(spec.name, spec.points);
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
    PluginName: factsOfClassId(classId)?.name,
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

/** Point flags as measured: 5 first, 37 last, 0 between. A linear segment is written without its shape. */
function curveElement(name: string, points: readonly CurvePoint[]): WwuElement {
  const written = points.map(({ x, y, shape }, at) => {
    const flags = at === 0 ? '5' : at === points.length - 1 ? '37' : '0';
    return element('Point', {}, [
      element('XPos', {}, String(x)),
      element('YPos', {}, String(y)),
      element('Flags', {}, flags),
      ...(shape === 'Linear' ? [] : [element('SegmentShape', {}, shape)]),
    ]);
  });
  const flags = element('Property', { Name: 'Flags', Type: 'int32', Value: '3' });
  return element('Curve', { Name: name, ID: newGuid() }, [
    element('PropertyList', {}, [flags]),
    element('PointList', {}, written),
  ]);
}
