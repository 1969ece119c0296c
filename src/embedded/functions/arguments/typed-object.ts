import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

/** The object a designator names, when it is of one of the types; `argumentName` is for the message. */
export function objectOfType(
  model: ProjectModel,
  designator: unknown,
  argumentName: string,
  ...types: readonly string[]
): WwiseObject {
  const object = resolveObject(model, typeof designator === 'string' ? designator : '');
  if (types.includes(object.type)) return object;
  throw waapiErrors.invalidArguments(
    `${model.path(object)} is ${aOrAn(object.type)}, not ${types.map(aOrAn).join(' or ')}.`,
    { argumentName, object: object.id, type: object.type },
  );
}
