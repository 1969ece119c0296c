import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import type { CurvePoint } from '../editor.ts';
import { newGuid } from '../ids/guid.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { ensureSection } from '../structure/sections.ts';
import { decibels } from '../types/curve-flags.ts';
import type { EditLog } from './edit-log.ts';

/** A new Curve. `flags` say what its vertical axis is: see curve-flags.ts. */
export function curveElement(name: string, points: readonly CurvePoint[], flags = decibels): WwuElement {
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

/** Replaces the points of a Curve object. */
export function writePoints(log: EditLog, curve: ObjectNode, points: readonly CurvePoint[]): void {
  replacePoints(log, curve.element, points);
  const owner = curve.owner ?? curve.parent;
  if (owner !== null) log.note({ kind: 'curveChanged', curve, owner });
}

/** Replaces the points of a Curve, and nothing else: points keep their flags, which differ for modulator curves. */
export function replacePoints(log: EditLog, curve: WwuElement, points: readonly CurvePoint[]): void {
  const list = ensureSection(log, curve, 'PointList');
  const made = pointElements(points);
  keepPointFlags(list, made);
  for (const point of [...list.children]) log.remove(point);
  made.forEach((point, at) => {
    log.insert(list, at, point);
  });
}

/** A Curve that takes the place of another one: its points are new, all flags are those of the one before. */
export function replacementCurve(
  former: WwuElement,
  name: string,
  points: readonly CurvePoint[],
  flags: number,
): WwuElement {
  const made = curveElement(name, points, curveFlags(former) ?? flags);
  const list = childNamed(former, 'PointList');
  if (list !== undefined) keepPointFlags(list, childNamed(made, 'PointList')?.children ?? []);
  return made;
}

/** What the Flags property of a Curve says; undefined when it has none. */
function curveFlags(curve: WwuElement): number | undefined {
  const properties = childNamed(curve, 'PropertyList')?.children ?? [];
  const written = properties.find((property) => attribute(property, 'Name') === 'Flags');
  const value = written === undefined ? undefined : attribute(written, 'Value');
  return value === undefined ? undefined : Number(value);
}

/** The ends keep their flags whatever lies between; a point between them keeps its own where it stays at its x. */
function keepPointFlags(former: WwuElement, points: readonly WwuElement[]): void {
  const [first, last] = [former.children[0], former.children.at(-1)];
  const inner = former.children.slice(1, -1);
  const xOf = (point: WwuElement) => Number(childNamed(point, 'XPos')?.text);
  points.forEach((point, at) => {
    const same = former.children.length === points.length ? inner[at - 1] : undefined;
    const between = inner.find((one) => xOf(one) === xOf(point)) ?? same;
    const before = at === 0 ? first : at === points.length - 1 ? last : between;
    const written = childNamed(point, 'Flags');
    const flags = before === undefined ? undefined : childNamed(before, 'Flags')?.text;
    if (written !== undefined && flags !== undefined) written.text = flags;
  });
}
