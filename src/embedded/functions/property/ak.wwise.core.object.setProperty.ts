import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { writeCheckedProperty } from '../building/write-member.ts';
import { defineFunction } from '../define-function.ts';

/** Sets one property, linked or for one platform. */
export const objectSetProperty = defineFunction({
  uri: 'ak.wwise.core.object.setProperty',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const object = resolveObject(model, asString(args.object) ?? '');
    await project.edit('Set Property', sessionId, (editor) =>
      writeCheckedProperty(
        model,
        editor,
        object,
        asString(args.property) ?? '',
        args.value ?? null,
        asString(args.platform),
      ),
    );
    return {};
  },
});
