import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { writeCheckedReference } from '../building/write-member.ts';
import { defineFunction } from '../define-function.ts';

/** Points a reference at another object; the null GUID clears it. */
export const objectSetReference = defineFunction({
  uri: 'ak.wwise.core.object.setReference',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const object = resolveObject(model, asString(args.object) ?? '');
    await project.edit('Set Reference', sessionId, (editor) =>
      writeCheckedReference(
        model,
        editor,
        object,
        asString(args.reference) ?? '',
        asString(args.value) ?? null,
      ),
    );
    return {};
  },
});
