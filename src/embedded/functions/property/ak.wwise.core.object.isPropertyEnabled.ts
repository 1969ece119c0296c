import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { isPropertyEnabled } from '../answers/property-dependencies.ts';
import { platformMember } from '../arguments/platform-member.ts';
import { defineFunction } from '../define-function.ts';

/** Whether a property has an effect, given the properties it depends on. */
export const objectIsPropertyEnabled = defineFunction({
  uri: 'ak.wwise.core.object.isPropertyEnabled',
  run(args, _options, { project: { model } }) {
    const object = resolveObject(model, asString(args.object) ?? '');
    const { member, platform } = platformMember(model, object, args);
    return { return: isPropertyEnabled(model, object, member, platform) };
  },
});
