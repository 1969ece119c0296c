import { groupCreation } from '../../src/wwise/objects/creating/create-group.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const createStateGroup = defineCommand({
  name: 'create_state_group',
  title: 'Create state group',
  description:
    'Create a State Group with its States, when the mix must follow a condition of the game (paused, underwater...). Per game object use create_switch_group.',
  toolset: 'gamesyncs',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItMade,
  examples: [
    { title: 'Create a State Group with two States', input: { name: 'Menu', members: ['Open', 'Closed'] } },
  ],
  waapiCalls: 5,
  ...groupCreation({ type: 'StateGroup', memberType: 'State', home: '\\States\\Default Work Unit' }),
});
