import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../core/json.ts';
import type { WwiseObject } from '../../model/model.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import type { BuildContext, Built, Fill } from './build-context.ts';

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
  const object = context.editor.createOwned(owner, name, {
    type,
    name: asString(spec.name) ?? '',
    classId: typeof spec.classId === 'number' ? spec.classId : undefined,
    points: type === 'Curve' ? points : undefined,
  });
  return fill(context, object, spec);
}
