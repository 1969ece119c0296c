import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { defineFunction } from '../define-function.ts';

/** Makes a transport for an object: a state machine, there is no sound engine here. It ends with the project. */
export const transportCreate = defineFunction({
  uri: 'ak.wwise.core.transport.create',
  run({ object, gameObject }, _options, { project, instance }) {
    const { id } = resolveObject(project.model, asString(object) ?? '');
    const onto = typeof gameObject === 'number' ? gameObject : undefined;
    return { transport: instance.transports.create(id, onto).id };
  },
});
