import { pluginKinds } from '../answers/plugin-facts.ts';
import { defineFunction } from '../define-function.ts';

/** Every plug-in of the type table. Deprecated in favour of object.getTypes; no answer is documented, so it has that one's shape. */
export const pluginGetList = defineFunction({
  uri: 'ak.wwise.core.plugin.getList',
  run: (_args, _options, { project }) => ({
    return: [...project.model.allFacts()]
      .filter(({ kind }) => pluginKinds[kind] !== undefined)
      .sort((a, b) => a.classId - b.classId)
      .map(({ classId, name, kind }) => ({ classId, name, type: pluginKinds[kind] ?? kind })),
  }),
});
