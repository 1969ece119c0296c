import { factsOfArgument } from '../arguments/facts-of-argument.ts';
import { defineFunction } from '../define-function.ts';

/** The deprecated name of getPropertyAndReferenceNames. */
export const objectGetPropertyNames = defineFunction({
  uri: 'ak.wwise.core.object.getPropertyNames',
  run(args, _options, { project }) {
    const facts = factsOfArgument(project.model, args);
    return { return: [...facts.properties(), ...facts.references()].map(({ name }) => name) };
  },
});
