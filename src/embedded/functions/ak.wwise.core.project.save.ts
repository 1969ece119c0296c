import { defineFunction } from './define-function.ts';

/** Writes the changed files. Refuses, writing nothing, when one of them changed on disk since it was read. */
export const projectSave = defineFunction({
  uri: 'ak.wwise.core.project.save',
  run(_args, _options, context) {
    context.project.save();
    return {};
  },
});
