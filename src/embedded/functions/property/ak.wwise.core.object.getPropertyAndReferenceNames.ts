import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { factsOfArgument } from '../arguments/facts-of-argument.ts';
import { defineFunction } from '../define-function.ts';

/**
 * Names of all properties and references of an object's type, or of a class id. None for a type that today's Wwise has no
 * more (the MotionBus of 2017): clients that ask for every object of a project get through.
 */
export const objectGetPropertyAndReferenceNames = defineFunction({
  uri: 'ak.wwise.core.object.getPropertyAndReferenceNames',
  run(args, _options, { project: { model } }) {
    const object = asString(args.object);
    if (object !== undefined && model.facts(resolveObject(model, object)) === undefined)
      return { return: [] };
    const facts = factsOfArgument(model, args);
    return { return: [...facts.properties(), ...facts.references()].map(({ name }) => name) };
  },
});
