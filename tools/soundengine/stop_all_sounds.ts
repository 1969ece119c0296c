import { z } from 'zod';
import { gameObjectField, withGameObject } from '../../src/wwise/lists/game-object.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const stopAllSounds = defineCommand({
  name: 'stop_all_sounds',
  title: 'Stop all sounds',
  description: 'Stop all sounds of a game object, or of all, in the sound engine. Needs a running Wwise.',
  toolset: 'soundengine',
  effect: 'barrier',
  examples: [{ title: 'Stop everything', input: {} }],
  checkedOn: 'scripted peer',
  waapiCalls: 1,
  input: z.strictObject({ gameObject: gameObjectField }),
  output: z.object({ done: z.boolean() }),
  async run({ gameObject }, context) {
    await explaining('stop the sounds', () =>
      context.waapi.call('ak.soundengine.stopAll', { ...withGameObject(gameObject) }),
    );
    return { done: true };
  },
});
