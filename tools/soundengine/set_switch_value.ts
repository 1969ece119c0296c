import { z } from 'zod';
import { engineName, gameObjectField, withGameObject } from '../../src/wwise/lists/game-object.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const setSwitchValue = defineCommand({
  name: 'set_switch_value',
  title: 'Set switch value',
  description:
    'Set a Switch of a game object in the sound engine; the project stays as it is. Needs a running Wwise.',
  toolset: 'soundengine',
  effect: 'barrier',
  examples: [{ title: 'Hear it on stone', input: { switchGroup: 'Surface', switch: 'Stone' } }],
  checkedOn: 'scripted peer',
  waapiCalls: 1,
  input: z.strictObject({
    switchGroup: engineName('Switch Group'),
    switch: engineName('Switch'),
    gameObject: gameObjectField,
  }),
  output: z.object({ done: z.boolean() }),
  async run({ switchGroup, switch: switchState, gameObject }, context) {
    await explaining('set the Switch', () =>
      context.waapi.call('ak.soundengine.setSwitch', {
        switchGroup,
        switchState,
        ...withGameObject(gameObject),
      }),
    );
    return { done: true };
  },
});
