import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asString } from '../../src/core/json.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const remoteConnect = defineCommand({
  name: 'remote_connect',
  title: 'Remote connect',
  description:
    'Connect Wwise to a running game, for profiling and live editing, or disconnect it. List games with remote_consoles. Needs a running Wwise with its window.',
  toolset: 'remote',
  effect: 'barrier',
  profile: 'builder',
  examples: [{ title: 'Connect to a game on this machine', input: { host: '127.0.0.1', appName: 'Cube' } }],
  checkedOn: 'scripted peer',
  waapiCalls: 2,
  input: z.strictObject({
    host: z
      .string()
      .trim()
      .min(1)
      .max(2_000)
      .nullable()
      .describe('Name, IP address or .prof file; null disconnects.'),
    appName: z.string().trim().min(1).max(260).optional().describe('When several run there.'),
    commandPort: z.int().min(1).max(65_535).optional().describe('When two have one name.'),
  }),
  output: z.object({ isConnected: z.boolean(), status: z.string() }),
  async run({ host, appName, commandPort }, context) {
    if (host === null)
      await explaining('disconnect', () => context.waapi.call('ak.wwise.core.remote.disconnect'));
    else {
      const more = {
        ...(appName === undefined ? {} : { appName }),
        ...(commandPort === undefined ? {} : { commandPort }),
      };
      await explaining(`connect to "${host}"`, () =>
        context.waapi.call('ak.wwise.core.remote.connect', { host, ...more }),
      );
    }
    const now = await context.waapi.call('ak.wwise.core.remote.getConnectionStatus');
    const answer = { isConnected: now.isConnected === true, status: asString(now.status) ?? '' };
    if (answer.isConnected === (host !== null)) return answer;
    throw new WwiseFlowError(
      'WAAPI_ERROR',
      `Wwise accepted the call, but its connection status is "${answer.status}".`,
      {
        hint: 'Look with remote_consoles whether the game runs and can be reached.',
        details: { host, ...answer },
      },
    );
  },
});
