import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { platformMember } from '../arguments/platform-member.ts';
import { defineFunction } from '../define-function.ts';

/** Whether a platform shares the value of a property, reference or list. */
export const objectIsLinked = defineFunction({
  uri: 'ak.wwise.core.object.isLinked',
  run(args, _options, { project: { model } }) {
    const object = resolveObject(model, asString(args.object) ?? '');
    const { member, platform } = platformMember(model, object, args);
    return { linked: model.isLinked(object, member, platform) };
  },
});
