import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { defineFunction } from '../define-function.ts';

/** Drops a Work Unit's content from memory until it is loaded again. Forgets the undo history; refuses when it has unsaved changes. */
export const workUnitUnload = defineFunction({
  uri: 'ak.wwise.core.workUnit.unload',
  run(args, _options, { project }) {
    project.unloadWorkUnit(resolveObject(project.model, asString(args.object) ?? ''));
    return {};
  },
});
