import { asString } from '../../base/json.ts';
import { defineFunction } from './define-function.ts';
import { platformMember } from './platform-member.ts';
import { isPropertyEnabled } from './property-dependencies.ts';
import { resolveObject } from './resolve-object.ts';

/** Whether a property has an effect, given the properties it depends on. */
export const objectIsPropertyEnabled = defineFunction({
  uri: 'ak.wwise.core.object.isPropertyEnabled',
  run(args, _options, { project: { model } }) {
    const object = resolveObject(model, asString(args.object) ?? '');
    const { member, platform } = platformMember(model, object, args);
    return { return: isPropertyEnabled(model, object, member, platform) };
  },
});
