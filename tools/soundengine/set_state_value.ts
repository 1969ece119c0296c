import { z } from 'zod';
import { engineName } from '../../src/wwise/lists/game-object.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const setStateValue = defineCommand({
  name: 'set_state_value',
  title: 'Set state value',
  description:
    'Set a State in the sound engine, to hear the mix; the project stays as it is. Needs a running Wwise.',
  toolset: 'soundengine',
  effect: 'barrier',
  examples: [{ title: 'Hear it in the rain', input: { stateGroup: 'Weather', state: 'Rain' } }],
  checkedOn: 'scripted peer',
  waapiCalls: 1,
  input: z.strictObject({ stateGroup: engineName('State Group'), state: engineName('State') }),
  output: z.object({ done: z.boolean() }),
  async run({ stateGroup, state }, context) {
    await explaining('set the State', () =>
      context.waapi.call('ak.soundengine.setState', { stateGroup, state }),
    );
    return { done: true };
  },
});
