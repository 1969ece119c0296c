import { element, type WwuElement } from '../../wwu/tree.ts';
import type { CurvePoint } from '../editor.ts';
import { newGuid } from '../guid.ts';
import type { ObjectNode } from '../object-node.ts';
import { ensureSection } from '../sections.ts';
import type { EditLog } from './edit-log.ts';

/** A new Curve. `flags` say what its vertical axis is: 3 for volumes (measured). */
export function curveElement(name: string, points: readonly CurvePoint[], flags = 3): WwuElement {
  const property = element('Property', { Name: 'Flags', Type: 'int32', Value: String(flags) });
  return element('Curve', { Name: name, ID: newGuid() }, [
    element('PropertyList', {}, [property]),
    element('PointList', {}, pointElements(points)),
  ]);
}

/** Point flags as measured: 5 first, 37 last, 0 between. A linear segment is written without its shape. */
export function pointElements(points: readonly CurvePoint[]): readonly WwuElement[] {
  return points.map(({ x, y, shape }, at) =>
    element('Point', {}, [
      element('XPos', {}, String(x)),
      element('YPos', {}, String(y)),
      element('Flags', {}, at === 0 ? '5' : at === points.length - 1 ? '37' : '0'),
      ...(shape === 'Linear' ? [] : [element('SegmentShape', {}, shape)]),
    ]),
  );
}

/** Replaces the points of a Curve; a point keeps its flags (they differ for modulator curves) where their number stays. */
export function writePoints(log: EditLog, curve: ObjectNode, points: readonly CurvePoint[]): void {
  const list = ensureSection(log, curve.element, 'PointList');
  const flags = list.children.map((point) => point.children.find(({ name }) => name === 'Flags')?.text);
  const keepsFlags = flags.length === points.length;
  for (const point of [...list.children]) log.remove(point);
  pointElements(points).forEach((point, at) => {
    const written = point.children.find(({ name }) => name === 'Flags');
    if (keepsFlags && written !== undefined) written.text = flags[at] ?? written.text;
    log.insert(list, at, point);
  });
  const owner = curve.owner ?? curve.parent;
  if (owner !== null) log.note({ kind: 'curveChanged', curve, owner });
}
