import { z } from 'zod';
import { logChannel } from '../../src/wwise/log/log-channel.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const clearLog = defineCommand({
  name: 'clear_log',
  title: 'Clear log',
  description:
    'Empty a channel of the Wwise log, so that only what comes next is in it. Needs a running Wwise.',
  toolset: 'log',
  effect: 'barrier',
  examples: [{ title: 'Start the log afresh', input: {} }],
  waapiCalls: 1,
  input: z.strictObject({ channel: logChannel }),
  output: z.object({ channel: z.string() }),
  async run({ channel }, context) {
    await context.waapi.call('ak.wwise.core.log.clear', { channel });
    return { channel };
  },
});
