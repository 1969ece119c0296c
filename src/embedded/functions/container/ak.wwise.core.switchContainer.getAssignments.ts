import { objectOfType } from '../arguments/typed-object.ts';
import { defineFunction } from '../define-function.ts';

/** Every assignment of a Switch Container, by ids. */
export const switchContainerGetAssignments = defineFunction({
  uri: 'ak.wwise.core.switchContainer.getAssignments',
  run(args, _options, { project: { model } }) {
    const container = objectOfType(model, args.id, 'id', 'SwitchContainer');
    return {
      return: model
        .switchAssignments(container)
        .map(({ child, stateOrSwitch }) => ({ child: child.id, stateOrSwitch: stateOrSwitch.id })),
    };
  },
});
