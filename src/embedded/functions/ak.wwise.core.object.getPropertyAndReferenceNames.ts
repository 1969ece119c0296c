import { defineFunction } from './define-function.ts';
import { factsOfArgument } from './facts-of-argument.ts';

/** Names of all properties and references of an object's type, or of a class id. */
export const objectGetPropertyAndReferenceNames = defineFunction({
  uri: 'ak.wwise.core.object.getPropertyAndReferenceNames',
  run(args, _options, { project }) {
    const facts = factsOfArgument(project.model, args);
    return { return: [...facts.properties(), ...facts.references()].map(({ name }) => name) };
  },
});
