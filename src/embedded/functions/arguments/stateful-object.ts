import { asString, type JsonObject } from '../../../core/json.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { supportsStates } from '../../model/types/state-support.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

/** The object a call names, when it is one that can have States. */
export function statefulObject(model: ProjectModel, args: JsonObject): WwiseObject {
  const object = resolveObject(model, asString(args.object) ?? '');
  if (supportsStates(object.type)) return object;
  throw waapiErrors.invalidArguments(`An object of type ${object.type} has no States.`, {
    argumentName: 'object',
    object: object.id,
    type: object.type,
  });
}
