import { element, type WwuElement } from '../../wwu/tree.ts';
import { newGuid } from '../ids/guid.ts';

/**
 * What Wwise gives a new Attenuation: a dry volume curve that falls to silence at the maximum radius, sends that follow it,
 * no filters, and the project's curves for obstruction and its kin. Names and order as measured in 2022.1 to 2025.1 files.
 */
export function newAttenuationCurves(schema: number): WwuElement {
  const hasDualShelf = schema >= firstDualShelfSchema;
  const perPath = ['Volume', 'LPF', 'HPF', ...(hasDualShelf ? ['DSF'] : [])];
  const paths = ['Obstruction', 'Occlusion', 'Diffraction', 'Transmission'];
  return element('CurveUsageInfoList', {}, [
    usage('VolumeDry', 'Custom', [volumeDryCurve()]),
    usage('VolumeWetGame', 'UseVolumeDry'),
    usage('VolumeWetUser', 'UseVolumeDry'),
    usage('LowPassFilter', 'None'),
    usage('HighPassFilter', 'None'),
    ...(hasDualShelf ? [usage('DualShelf', 'None')] : []),
    usage('Spread', 'None'),
    usage('Focus', 'None'),
    ...paths.flatMap((path) => perPath.map((curve) => usage(`${path}${curve}`, 'UseProject'))),
  ]);
}

/** The dual-shelf filter came with 2025.1. */
const firstDualShelfSchema = 131;

function usage(name: string, curveToUse: string, content: readonly WwuElement[] = []): WwuElement {
  const info = element('CurveUsageInfo', { Platform: 'Linked', CurveToUse: curveToUse }, content);
  return element(`${name}Usage`, {}, [info]);
}

function volumeDryCurve(): WwuElement {
  const point = (x: string, y: string, flags: string) =>
    element('Point', {}, [element('XPos', {}, x), element('YPos', {}, y), element('Flags', {}, flags)]);
  const flags = element('Property', { Name: 'Flags', Type: 'int32', Value: '3' });
  return element('Curve', { Name: 'VolumeDry', ID: newGuid() }, [
    element('PropertyList', {}, [flags]),
    element('PointList', {}, [point('0', '0', '5'), point('100', '-200', '37')]),
  ]);
}
