import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { askedAssignment } from '../building/switch-assignment.ts';
import { defineFunction } from '../define-function.ts';

/** Removes an assignment of a Switch Container's child. */
export const switchContainerRemoveAssignment = defineFunction({
  uri: 'ak.wwise.core.switchContainer.removeAssignment',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const { container, child, stateOrSwitch, isPresent } = askedAssignment(model, args);
    if (!isPresent) {
      throw waapiErrors.invalidArguments(`${model.path(child)} is not assigned to ${stateOrSwitch.name}.`, {
        child: child.id,
        stateOrSwitch: stateOrSwitch.id,
      });
    }
    await project.edit('Remove Assignment', sessionId, (editor) =>
      editor.removeSwitchAssignment(container, child, stateOrSwitch),
    );
    return {};
  },
});
