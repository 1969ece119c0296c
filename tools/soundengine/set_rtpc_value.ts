import { z } from 'zod';
import { engineName, gameObjectField, withGameObject } from '../../src/wwise/lists/game-object.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const setRtpcValue = defineCommand({
  name: 'set_rtpc_value',
  title: 'Set RTPC value',
  description:
    'Set a Game Parameter in the sound engine, to hear its effect; the project stays as it is. Needs a running Wwise.',
  toolset: 'soundengine',
  effect: 'barrier',
  examples: [{ title: 'Hear it at full speed', input: { gameParameter: 'Speed', value: 50 } }],
  checkedOn: 'scripted peer',
  waapiCalls: 1,
  input: z.strictObject({
    gameParameter: engineName('Game Parameter'),
    value: z.number().describe('Value.'),
    gameObject: gameObjectField,
  }),
  output: z.object({ done: z.boolean() }),
  async run({ gameParameter, value, gameObject }, context) {
    await explaining('set the Game Parameter', () =>
      context.waapi.call('ak.soundengine.setRTPCValue', {
        rtpc: gameParameter,
        value,
        ...withGameObject(gameObject),
      }),
    );
    return { done: true };
  },
});
