import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { askedAssignment } from '../building/switch-assignment.ts';
import { defineFunction } from '../define-function.ts';

/** Assigns a child of a Switch Container to a State or Switch of its group. */
export const switchContainerAddAssignment = defineFunction({
  uri: 'ak.wwise.core.switchContainer.addAssignment',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const { container, child, stateOrSwitch, isPresent } = askedAssignment(model, args);
    if (isPresent) {
      throw waapiErrors.invalidArguments(
        `${model.path(child)} is already assigned to ${stateOrSwitch.name}.`,
        { child: child.id, stateOrSwitch: stateOrSwitch.id },
      );
    }
    await project.edit('Add Assignment', sessionId, (editor) =>
      editor.addSwitchAssignment(container, child, stateOrSwitch),
    );
    return {};
  },
});
