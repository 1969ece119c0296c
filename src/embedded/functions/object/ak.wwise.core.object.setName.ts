import { asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { checkName, decideNameConflict } from '../arguments/name-conflict.ts';
import { defineFunction } from '../define-function.ts';

const uri = 'ak.wwise.core.object.setName';

/**
 * Renames an object; every reference in every file follows. The file of a Work Unit and the
 * directory of a physical folder are renamed at the next save.
 */
export const objectSetName = defineFunction({
  uri,
  async run(args, _options, { project, sessionId }) {
    const object = resolveObject(project.model, asString(args.object) ?? '');
    const name = asString(args.value) ?? '';
    if (object.type === 'Project') {
      throw waapiErrors.invalidArguments(`${project.model.path(object)} cannot be renamed.`, {
        object: object.id,
      });
    }
    if (name !== object.name) checkName(name, object.type);
    const { model } = project;
    const { parent, type } = object;
    if (parent !== null) decideNameConflict({ model, parent, type, except: object }, name, 'fail', uri);
    await project.edit('Rename', sessionId, (editor) => editor.rename(object, name));
    return {};
  },
});
