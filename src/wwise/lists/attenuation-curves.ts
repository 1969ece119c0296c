import { z } from 'zod';
import { wordsParam } from '../../core/dispatch/input/one-of.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import { asString, type Json } from '../../core/json.ts';
import { type Claim, withoutNames } from '../claims/claim.ts';
import { explaining } from '../objects/changes/set-objects.ts';
import type { CommandContext } from '../wwise-command.ts';
import { type CurvePointInput, curveOutput, curvePointsField, pointsOf } from './curve-points.ts';

/** The curves of an Attenuation. Names as WAAPI has them, without `Usage` at the end; some came with later versions. */
export const attenuationCurves: readonly string[] = [
  'VolumeDry',
  'VolumeWetGame',
  'VolumeWetUser',
  'LowPassFilter',
  'HighPassFilter',
  'HighShelf',
  'DualShelf',
  'Spread',
  'Focus',
  ...['Obstruction', 'Occlusion', 'Diffraction', 'Transmission'].flatMap((kind) =>
    ['Volume', 'LPF', 'HPF', 'HSF', 'DSF'].map((what) => kind + what),
  ),
];

/** A field with the name of a curve. */
export function curveName() {
  return z
    .string()
    .trim()
    .overwrite((name) => name.replace(/Usage$/, ''))
    .refine((name) => attenuationCurves.includes(name), { params: { [wordsParam]: attenuationCurves } })
    .describe('VolumeDry, VolumeWetGame (dB), LowPassFilter, Spread, Focus (0-100)...');
}

/** The fields that say what a curve shall be. */
export const curveFields = {
  curve: curveName(),
  use: z
    .enum(['Custom', 'None', 'UseVolumeDry', 'UseProject'])
    .default('Custom')
    .describe('Custom: these points; UseVolumeDry: for Wet; UseProject: for Obstruction...'),
  points: curvePointsField('x: distance, 0 to the radius.').optional(),
};

export const customNeedsPoints = {
  path: ['points'],
  message: 'are needed with use Custom, and only then',
};

export interface CurveWanted {
  readonly curve: string;
  readonly use: string;
  readonly points?: readonly CurvePointInput[] | undefined;
}

export function hasItsPoints({ use, points }: CurveWanted): boolean {
  return (use === 'Custom') === (points !== undefined);
}

/** Throws INVALID_INPUT for points that are never reached, or that no such curve has. */
export function refuseOutside({ curve, points = [] }: CurveWanted, radiusMax: number): void {
  const isPercent = /Pass|LPF|HPF|Spread|Focus/.test(curve);
  const [lowest, highest] = isPercent ? [0, 100] : [-200, 200];
  const beyond = points.find(({ x }) => x < 0 || Math.fround(x) > Math.fround(radiusMax));
  if (beyond !== undefined) {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `${curve}: a point at x ${beyond.x} lies outside the radius, 0 to ${radiusMax}.`,
      {
        hint: 'Keep x within the radius, or widen it first: radiusMax of a new Attenuation, RadiusMax with set_property.',
        details: { curve, radiusMax },
      },
    );
  }
  const wild = points.find(({ y }) => y < lowest || y > highest);
  if (wild === undefined) return;
  throw new WwiseFlowError('INVALID_INPUT', `${curve} goes from ${lowest} to ${highest}, not to ${wild.y}.`, {
    hint: `Give y in ${isPercent ? 'percent' : 'dB'}, within that range.`,
    details: { curve, lowest, highest },
  });
}

/** A curve in an output. */
export const curveState = z.object({ curve: z.string(), use: z.string(), points: curveOutput });

/** Sets one curve and reads it back. */
export async function setCurve(
  attenuationId: string,
  { curve, use, points = [] }: CurveWanted,
  platform: string | undefined,
  context: Pick<CommandContext, 'waapi'>,
): Promise<z.output<typeof curveState>> {
  await explaining(`set the curve ${curve}`, () =>
    context.waapi.call('ak.wwise.core.object.setAttenuationCurve', {
      object: attenuationId,
      curveType: `${curve}Usage`,
      use,
      points,
      ...(platform === undefined ? {} : { platform }),
    }),
  );
  return readCurve(attenuationId, curve, platform, context);
}

export async function readCurve(
  attenuationId: string,
  curve: string,
  platform: string | undefined,
  context: Pick<CommandContext, 'waapi'>,
): Promise<z.output<typeof curveState>> {
  const answer = await explaining(`read the curve ${curve}`, () =>
    context.waapi.call('ak.wwise.core.object.getAttenuationCurve', {
      object: attenuationId,
      curveType: `${curve}Usage`,
      ...(platform === undefined ? {} : { platform }),
    }),
  );
  return { curve, use: asString(answer.use) ?? 'None', points: pointsOf(answer.points) };
}

/** The claims that an Attenuation still has this curve. */
export function curveHeld(
  attenuationId: string,
  { curve, use, points }: z.output<typeof curveState>,
  platform: string | undefined,
): readonly Claim[] {
  const curveOf = { object: attenuationId, curveType: `${curve}Usage` };
  const args = platform === undefined ? curveOf : { ...curveOf, platform };
  const answered = (member: string, answer: Json): Claim => ({
    kind: 'call',
    uri: 'ak.wwise.core.object.getAttenuationCurve',
    args,
    member,
    how: 'is',
    answer,
  });
  return [
    answered('use', use),
    ...(use === 'Custom' ? [answered('points', withoutNames(points.map((point) => ({ ...point }))))] : []),
  ];
}
