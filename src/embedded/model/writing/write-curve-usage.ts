import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import type { CurvePoint } from '../editor.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { usageElement } from '../reading/read-curve-usage.ts';
import { ensureSection, insertInOrder } from '../structure/sections.ts';
import { attenuationCurveFlags } from '../types/curve-flags.ts';
import type { EditLog } from './edit-log.ts';
import { curveElement, replacePoints } from './write-curve.ts';

/** Sets one curve of an Attenuation, for one platform (which unlinks it) or for all that share it. */
export function writeAttenuationCurve(
  log: EditLog,
  attenuation: ObjectNode,
  curveType: string,
  use: string,
  points: readonly CurvePoint[] | undefined,
  platform: string | undefined,
): void {
  const usage = usageElement(attenuation, curveType) ?? newUsage(log, attenuation, curveType);
  const wanted = platform ?? 'Linked';
  let info = usage.children.find((entry) => attribute(entry, 'Platform') === wanted);
  const isNew = info === undefined;
  if (info === undefined) {
    info = element('CurveUsageInfo', { Platform: wanted, CurveToUse: use });
    log.insert(usage, usage.children.length, info);
  } else {
    log.setAttribute(info, 'CurveToUse', use);
  }
  if (points !== undefined) writePoints(log, info, curveType, points);
  if (isNew && platform !== undefined)
    log.note({ kind: 'attenuationCurveLinkChanged', attenuation, curveType });
  log.note({ kind: 'attenuationCurveChanged', attenuation, curveType });
}

function newUsage(log: EditLog, attenuation: ObjectNode, curveType: string): WwuElement {
  const list = ensureSection(log, attenuation.element, 'CurveUsageInfoList');
  const usage = element(curveType, {});
  insertInOrder(log, list, usage);
  return usage;
}

function writePoints(log: EditLog, info: WwuElement, curveType: string, points: readonly CurvePoint[]): void {
  const curve = childNamed(info, 'Curve');
  if (curve === undefined) {
    const made = curveElement(curveType.replace(/Usage$/, ''), points, attenuationCurveFlags(curveType));
    log.insert(info, info.children.length, made);
    return;
  }
  replacePoints(log, curve, points);
}
