import { pluginFacts } from '../answers/plugin-facts.ts';
import { defineFunction } from '../define-function.ts';
import { objectGetPropertyInfo } from '../property/ak.wwise.core.object.getPropertyInfo.ts';

/** Facts of one property of a plug-in. Deprecated in favour of object.getPropertyInfo, whose answer it gives. */
export const pluginGetProperty = defineFunction({
  uri: 'ak.wwise.core.plugin.getProperty',
  run(args, options, context) {
    const { classId } = pluginFacts(context.project.model, args);
    return objectGetPropertyInfo.run({ classId, property: args.property }, options, context);
  },
});
