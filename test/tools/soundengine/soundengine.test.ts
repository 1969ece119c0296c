import { describe, expect, it } from 'vitest';
import { withScriptedWwise } from '../../harness/scripted-wwise.ts';

// Only a live Wwise can do this. A scripted peer answers in the documented shapes.

const nothing = () => ({});

describe('the sound engine', () => {
  it('gets Events and game syncs as the game sends them', () =>
    withScriptedWwise(
      {
        'ak.soundengine.registerGameObj': nothing,
        'ak.soundengine.postEvent': () => ({ return: 8 }),
        'ak.soundengine.setRTPCValue': nothing,
        'ak.soundengine.setSwitch': nothing,
        'ak.soundengine.setState': nothing,
        'ak.soundengine.stopAll': nothing,
      },
      async ({ done, refused, fake }) => {
        const post = { event: 'Play_Music', gameObject: 12, registerAs: 'Hero' };
        expect(await done('post_event', post)).toEqual({ playingId: 8 });
        await done('set_rtpc_value', { gameParameter: 'Speed', value: 74, gameObject: 12 });
        await done('set_switch_value', { switchGroup: 'Ground', switch: 'Gravel', gameObject: 12 });
        await done('set_state_value', { stateGroup: 1270826848, state: 'Happy' });
        await done('stop_all_sounds', {});
        expect(fake.calls.slice(-6).map(({ args }) => args)).toEqual([
          { gameObject: 12, name: 'Hero' },
          { event: 'Play_Music', gameObject: 12 },
          { rtpc: 'Speed', value: 74, gameObject: 12 },
          { switchGroup: 'Ground', switchState: 'Gravel', gameObject: 12 },
          { stateGroup: 1270826848, state: 'Happy' },
          {},
        ]);
        for (const event of ['Event:Play_Music', '\\Events\\Default Work Unit\\Play_Music']) {
          await done('post_event', { event });
          expect(fake.calls.at(-1)?.args).toEqual({ event: 'Play_Music' });
        }
        const wrong = await refused('post_event', { event: 'not a name!' });
        expect(wrong).toMatchObject({ code: 'INVALID_INPUT' });
        expect(wrong.error).toContain('must be a name without blanks');
      },
    ));
});
