import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../core/json.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import type { BuildContext, Built, Fill } from './build-context.ts';

import { pluginClass } from './plugin-class.ts';

/** Gives a reference an object of its own: `"@Curve": {type: "Curve", points: [...]}`, a custom effect, a custom modulator. */
export function writeOwned(
  context: BuildContext,
  owner: WwiseObject,
  reference: string,
  spec: JsonObject,
  fill: Fill,
): Built {
  const { model } = context.project;
  const name = model.facts(owner)?.reference(reference)?.name ?? reference;
  const type = model.typeName(asString(spec.type) ?? '');
  if (type === undefined) {
    throw waapiErrors.invalidArguments(`Type ${asString(spec.type) ?? ''} is unknown.`, {
      type: asString(spec.type) ?? '',
    });
  }
  const points = asJsonArray(spec.points).map((point) => {
    const { x, y, shape } = asJsonObject(point);
    return { x: Number(x), y: Number(y), shape: asString(shape) ?? 'Linear' };
  });
  const former = type === 'Curve' ? model.reference(owner, name) : undefined;
  // The points that are there already are no other curve.
  if (
    former?.type === 'Curve' &&
    former.name === (asString(spec.name) ?? '') &&
    isSame(model.points(former), points)
  )
    return fill(context, former, spec);
  const object = context.editor.createOwned(owner, name, {
    type,
    name: asString(spec.name) ?? '',
    classId: pluginClass(type, spec),
    points: type === 'Curve' ? points : undefined,
  });
  return fill(context, object, spec);
}

type Points = ReturnType<ProjectModel['points']>;

function isSame(one: Points, other: NonNullable<Points>): boolean {
  return (
    one?.length === other.length &&
    one.every(({ x, y, shape }, at) => {
      const point = other[at];
      return point !== undefined && isNear(x, point.x) && isNear(y, point.y) && shape === point.shape;
    })
  );
}

/** Files keep numbers as 32-bit floats. */
function isNear(one: number, other: number): boolean {
  return Math.fround(one) === Math.fround(other);
}
