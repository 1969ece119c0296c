import { asString } from '../../base/json.ts';
import { defineFunction } from './define-function.ts';
import { platformMember } from './platform-member.ts';
import { resolveObject } from './resolve-object.ts';

/** Whether a platform shares the value of a property, reference or list. */
export const objectIsLinked = defineFunction({
  uri: 'ak.wwise.core.object.isLinked',
  run(args, _options, { project: { model } }) {
    const object = resolveObject(model, asString(args.object) ?? '');
    const { member, platform } = platformMember(model, object, args);
    return { linked: model.isLinked(object, member, platform) };
  },
});
