import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { platformMember } from '../arguments/platform-member.ts';
import { defineFunction } from '../define-function.ts';

/** Links or unlinks a property for a platform. References and lists are written linked only, so unlinking one is refused. */
export const objectSetLinked = defineFunction({
  uri: 'ak.wwise.core.object.setLinked',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const object = resolveObject(model, asString(args.object) ?? '');
    const { member, facts, platform } = platformMember(model, object, args);
    const linked = args.linked === true;
    if (!linked && facts?.unlink !== true) {
      throw waapiErrors.invalidProperty(`${member} of ${aOrAn(object.type)} cannot be unlinked.`, {
        object: object.id,
        property: member,
      });
    }
    await project.edit(linked ? 'Link' : 'Unlink', sessionId, (editor) =>
      editor.setLinked(object, member, platform, linked),
    );
    return {};
  },
});
