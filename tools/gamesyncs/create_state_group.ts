import { defineCommand } from '../../src/bus/command.ts';
import { groupCreation } from '../../src/wwise/objects/create-group.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';

export const createStateGroup = defineCommand({
  name: 'create_state_group',
  title: 'Create state group',
  description:
    'Create a State Group with its States, when the mix must follow a condition of the game (paused, underwater...). Per game object use create_switch_group.',
  toolset: 'gamesyncs',
  effect: 'create',
  revert: deletesWhatItMade,
  examples: [
    { title: 'Create a State Group with two States', input: { name: 'Menu', members: ['Open', 'Closed'] } },
  ],
  waapiCalls: 5,
  ...groupCreation({ type: 'StateGroup', memberType: 'State', home: '\\States\\Default Work Unit' }),
});
