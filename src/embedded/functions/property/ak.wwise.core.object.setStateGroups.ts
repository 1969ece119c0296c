import { asJsonArray, asString } from '../../../core/json.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { statefulObject } from '../arguments/stateful-object.ts';
import { defineFunction } from '../define-function.ts';

/** Replaces the State Groups of an object. */
export const objectSetStateGroups = defineFunction({
  uri: 'ak.wwise.core.object.setStateGroups',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const object = statefulObject(model, args);
    const groups = asJsonArray(args.stateGroups).map((designator) => {
      const group = resolveObject(model, asString(designator) ?? '');
      if (group.type === 'StateGroup') return group;
      throw waapiErrors.invalidArguments(`${model.path(group)} is ${aOrAn(group.type)}, not a StateGroup.`, {
        argumentName: 'stateGroups',
        object: group.id,
      });
    });
    await project.edit('Set State Groups', sessionId, (editor) => editor.setStateGroups(object, groups));
    return {};
  },
});
