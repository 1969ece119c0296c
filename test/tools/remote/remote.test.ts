import { describe, expect, it } from 'vitest';
import { withScriptedWwise } from '../../harness/scripted-wwise.ts';

// Only a live Wwise can do this. A scripted peer answers in the documented shapes.

const core = 'ak.wwise.core';

describe('remote', () => {
  it('lists games, connects and disconnects, and checks the outcome', () => {
    let isConnected = false;
    return withScriptedWwise(
      {
        [`${core}.remote.getConnectionStatus`]: () => ({
          isConnected,
          status: isConnected ? 'Connected' : 'Not connected',
        }),
        [`${core}.remote.getAvailableConsoles`]: () => ({
          consoles: [
            {
              name: 'PC',
              platform: 'Windows',
              customPlatform: 'Windows',
              host: '127.0.0.1',
              appName: 'Cube',
              commandPort: 57610,
            },
          ],
        }),
        [`${core}.remote.connect`]: ({ args }) => {
          isConnected = args.appName === 'Cube';
          return {};
        },
        [`${core}.remote.disconnect`]: () => {
          isConnected = false;
          return {};
        },
      },
      async ({ done, refused }) => {
        expect(await done('remote_consoles', {})).toMatchObject({
          isConnected: false,
          consoles: [{ appName: 'Cube' }],
        });
        expect(await done('remote_connect', { host: '127.0.0.1', appName: 'Cube' })).toMatchObject({
          isConnected: true,
        });
        expect(await done('remote_connect', { host: null })).toMatchObject({ isConnected: false });
        const failure = await refused('remote_connect', { host: '127.0.0.1', appName: 'Other' });
        expect(failure.error).toContain('"Not connected"');
      },
    );
  });
});
