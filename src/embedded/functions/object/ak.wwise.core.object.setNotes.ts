import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { defineFunction } from '../define-function.ts';

/** Sets the notes; an empty text removes them. */
export const objectSetNotes = defineFunction({
  uri: 'ak.wwise.core.object.setNotes',
  async run(args, _options, { project, sessionId }) {
    const object = resolveObject(project.model, asString(args.object) ?? '');
    await project.edit('Set Notes', sessionId, (editor) =>
      editor.setNotes(object, asString(args.value) ?? ''),
    );
    return {};
  },
});
