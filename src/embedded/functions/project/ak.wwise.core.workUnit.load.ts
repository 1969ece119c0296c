import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { defineFunction } from '../define-function.ts';

/** Reads an unloaded Work Unit from disk again. Forgets the undo history. A loaded one stays as it is. */
export const workUnitLoad = defineFunction({
  uri: 'ak.wwise.core.workUnit.load',
  run(args, _options, { project }) {
    project.loadWorkUnit(resolveObject(project.model, asString(args.object) ?? ''));
    return {};
  },
});
