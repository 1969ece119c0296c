import { asString, type JsonObject } from '../../../core/json.ts';
import type { ProjectModel, TypeFacts } from '../../model/model.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

/** The type facts that `{ object }` or `{ classId }` asks for. */
export function factsOfArgument(model: ProjectModel, args: JsonObject): TypeFacts {
  if (typeof args.classId === 'number') {
    const facts = model.factsOfClass(args.classId);
    if (facts !== undefined) return facts;
    throw waapiErrors.invalidArguments(`Class id ${args.classId} is unknown.`, { argumentName: 'classId' });
  }
  const object = resolveObject(model, asString(args.object) ?? '');
  const facts = model.facts(object);
  if (facts !== undefined) return facts;
  throw waapiErrors.invalidArguments(`Nothing is known about the properties of type ${object.type}.`, {
    argumentName: 'object',
  });
}
