import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../../core/json.ts';
import type { CurvePoint } from '../../model/editor.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { canonicalCurveType } from '../../protocol/curve-names.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

export interface CurveArguments {
  readonly attenuation: WwiseObject;
  /** As the files name it. */
  readonly curveType: string;
}

/** The Attenuation and the curve a call names; both spellings of the dual-shelf curves are understood. */
export function curveArguments(model: ProjectModel, args: JsonObject): CurveArguments {
  const attenuation = resolveObject(model, asString(args.object) ?? '');
  if (attenuation.type !== 'Attenuation') {
    throw waapiErrors.invalidArguments(
      `${model.path(attenuation)} is ${aOrAn(attenuation.type)}; curves of this kind belong to an Attenuation.`,
      { argumentName: 'object', object: attenuation.id, type: attenuation.type },
    );
  }
  const asked = asString(args.curveType) ?? '';
  const curveType = canonicalCurveType(asked);
  if (curveType === undefined || model.attenuationCurve(attenuation, curveType) === null) {
    const { year, major } = model.version;
    throw waapiErrors.invalidArguments(`An Attenuation of Wwise ${year}.${major} has no curve ${asked}.`, {
      argumentName: 'curveType',
      curveType: asked,
    });
  }
  return { attenuation, curveType };
}

/** Points of a curve: at least two, from left to right. */
export function curvePoints(value: Json | undefined): readonly CurvePoint[] {
  const points = asJsonArray(value).map((point) => {
    const { x, y, shape } = asJsonObject(point);
    return { x: Number(x), y: Number(y), shape: asString(shape) ?? 'Linear' };
  });
  const isRising = points.every((point, at) => at === 0 || point.x >= (points[at - 1]?.x ?? point.x));
  if (points.length >= 2 && isRising) return points;
  throw waapiErrors.invalidArguments(
    points.length < 2
      ? `A curve needs at least two points; ${points.length} given.`
      : 'The points of a curve must be in order of rising x.',
    { argumentName: 'points' },
  );
}
