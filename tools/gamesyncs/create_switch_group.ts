import { groupCreation } from '../../src/wwise/objects/creating/create-group.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const createSwitchGroup = defineCommand({
  name: 'create_switch_group',
  title: 'Create switch group',
  description:
    'Create a Switch Group with its Switches, when sounds vary per game object (surface, weapon...). For the whole game use create_state_group.',
  toolset: 'gamesyncs',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItMade,
  examples: [
    {
      title: 'Create a Switch Group with two Switches',
      input: { name: 'Weapon', members: ['Sword', 'Bow'] },
    },
  ],
  waapiCalls: 5,
  ...groupCreation({ type: 'SwitchGroup', memberType: 'Switch', home: '\\Switches\\Default Work Unit' }),
});
