import { obstacles } from '../../protocol/attenuation-curve-types.ts';
import { highShelfName } from '../../protocol/curve-names.ts';
import { attribute, childNamed, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import type { AttenuationCurve } from '../model.ts';

/** True for the curves only 2025.1 knows. */
function isDualShelf(curveType: string): boolean {
  return curveType !== highShelfName(curveType);
}

/** The element of a curve type, in whichever spelling the file has. */
export function usageElement(attenuation: ObjectNode, curveType: string): WwuElement | undefined {
  const list = childNamed(attenuation.element, 'CurveUsageInfoList');
  if (list === undefined) return undefined;
  return childNamed(list, curveType) ?? childNamed(list, highShelfName(curveType));
}

/** The CurveUsageInfo a platform sees: its own, else the linked one. */
function usageInfo(usage: WwuElement, platform: string | undefined): WwuElement | undefined {
  const own = usage.children.find((info) => attribute(info, 'Platform') === platform);
  return own ?? usage.children.find((info) => attribute(info, 'Platform') === 'Linked') ?? usage.children[0];
}

export function readAttenuationCurve(
  index: ObjectIndex,
  attenuation: ObjectNode,
  curveType: string,
  platform: string | undefined,
  schema: number,
): AttenuationCurve | null | undefined {
  if (attenuation.type !== 'Attenuation') return undefined;
  const usage = usageElement(attenuation, curveType);
  if (usage === undefined) {
    if (isDualShelf(curveType) && schema < firstDualShelfSchema) return null;
    return { use: defaultUse(curveType), curve: null };
  }
  const info = usageInfo(usage, platform);
  const curve = info === undefined ? undefined : childNamed(info, 'Curve');
  return {
    use: (info && attribute(info, 'CurveToUse')) ?? defaultUse(curveType),
    curve: (curve && index.nodeOf(curve)) ?? null,
  };
}

const firstDualShelfSchema = 131;

/** What a new Attenuation uses. */
function defaultUse(curveType: string): string {
  if (obstacles.some((obstacle) => curveType.startsWith(obstacle))) return 'UseProject';
  return curveType.startsWith('VolumeWet') ? 'UseVolumeDry' : 'None';
}
