import { z } from 'zod';
import { engineName, gameObjectField, withGameObject } from '../../src/wwise/lists/game-object.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const postEvent = defineCommand({
  name: 'post_event',
  title: 'Post event',
  description:
    'Post an Event to the sound engine, as the game would. For a plain preview use play_object. Needs a running Wwise.',
  toolset: 'soundengine',
  effect: 'barrier',
  examples: [{ title: 'Post an Event', input: { objectId: 'Play_Steps' } }],
  checkedOn: 'scripted peer',
  hints: { idempotent: false },
  formerInputs: { event: 'objectId' },
  waapiCalls: 2,
  input: z
    .strictObject({
      objectId: engineName('Event'),
      gameObject: gameObjectField,
      registerAs: z.string().trim().min(1).max(200).optional().describe('Register it so first.'),
    })
    .refine(({ gameObject, registerAs }) => registerAs === undefined || gameObject !== undefined, {
      path: ['gameObject'],
      message: 'is needed with registerAs',
    }),
  output: z.object({ playingId: z.int().describe('0: the Event did not play.') }),
  async run({ objectId: event, gameObject, registerAs }, context) {
    if (registerAs !== undefined && gameObject !== undefined)
      await explaining(`register game object ${gameObject}`, () =>
        context.waapi.call('ak.soundengine.registerGameObj', { gameObject, name: registerAs }),
      );
    const answer = await explaining(`post Event "${event}"`, () =>
      context.waapi.call('ak.soundengine.postEvent', { event, ...withGameObject(gameObject) }),
    );
    return { playingId: typeof answer.return === 'number' ? answer.return : 0 };
  },
});
