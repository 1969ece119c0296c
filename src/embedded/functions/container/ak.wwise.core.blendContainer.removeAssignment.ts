import { resolveObject } from '../../model/naming/resolve-object.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { objectOfType } from '../arguments/typed-object.ts';
import { defineFunction } from '../define-function.ts';

/** Takes a child off a Blend Track. */
export const blendContainerRemoveAssignment = defineFunction({
  uri: 'ak.wwise.core.blendContainer.removeAssignment',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const track = objectOfType(model, args.object, 'object', 'BlendTrack');
    const child = resolveObject(model, typeof args.child === 'string' ? args.child : '');
    if (!model.blendAssignments(track).some((assignment) => assignment.child === child)) {
      throw waapiErrors.invalidArguments(`${model.path(child)} is not assigned to ${track.name}.`, {
        argumentName: 'child',
        object: child.id,
      });
    }
    await project.edit('Remove Assignment', sessionId, (editor) =>
      editor.removeBlendAssignment(track, child),
    );
    return {};
  },
});
