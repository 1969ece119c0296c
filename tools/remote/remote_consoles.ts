import { z } from 'zod';
import { asJsonArray, asString, isJsonObject } from '../../src/core/json.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const remoteConsoles = defineCommand({
  name: 'remote_consoles',
  title: 'Remote consoles',
  description:
    'List the games Wwise can connect to, and the present connection. Needs a running Wwise with its window.',
  toolset: 'remote',
  effect: 'read',
  readsOnly: 'the network',
  examples: [{ title: 'List the games that can be reached', input: {} }],
  checkedOn: 'scripted peer',
  waapiCalls: 2,
  input: z.strictObject({}),
  output: z.object({
    isConnected: z.boolean(),
    status: z.string(),
    consoles: z.array(
      z.object({
        name: z.string(),
        platform: z.string(),
        host: z.string(),
        appName: z.string(),
        commandPort: z.int().nullable(),
      }),
    ),
  }),
  async run(_input, context) {
    const { now, consoles } = await explaining('list the games', async () => ({
      now: await context.waapi.call('ak.wwise.core.remote.getConnectionStatus'),
      consoles: (await context.waapi.call('ak.wwise.core.remote.getAvailableConsoles')).consoles,
    }));
    return {
      isConnected: now.isConnected === true,
      status: asString(now.status) ?? '',
      consoles: asJsonArray(consoles)
        .filter(isJsonObject)
        .map(({ name, platform, host, appName, commandPort }) => ({
          name: asString(name) ?? '',
          platform: asString(platform) ?? '',
          host: asString(host) ?? '',
          appName: asString(appName) ?? '',
          commandPort: typeof commandPort === 'number' ? commandPort : null,
        })),
    };
  },
});
