import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { defineFunction } from '../define-function.ts';

/** Checks that the object exists. Without a sound engine there is nothing to load ahead: its transports can start at once. */
export const transportPrepare = defineFunction({
  uri: 'ak.wwise.core.transport.prepare',
  run(args, _options, { project }) {
    resolveObject(project.model, asString(args.object) ?? '');
    return {};
  },
});
