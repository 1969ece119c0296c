import { defineFunction } from './define-function.ts';
import { factsOfArgument } from './facts-of-argument.ts';

/** The deprecated name of getPropertyAndReferenceNames. */
export const objectGetPropertyNames = defineFunction({
  uri: 'ak.wwise.core.object.getPropertyNames',
  run(args, _options, { project }) {
    const facts = factsOfArgument(project.model, args);
    return { return: [...facts.properties(), ...facts.references()].map(({ name }) => name) };
  },
});
