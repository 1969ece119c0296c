import { pluginFacts } from '../answers/plugin-facts.ts';
import { defineFunction } from '../define-function.ts';

/** Names of a plug-in's properties. Deprecated in favour of object.getPropertyAndReferenceNames. */
export const pluginGetProperties = defineFunction({
  uri: 'ak.wwise.core.plugin.getProperties',
  run: (args, _options, { project: { model } }) => ({
    return: pluginFacts(model, args)
      .properties()
      .map(({ name }) => name),
  }),
});
