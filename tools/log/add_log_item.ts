import { z } from 'zod';
import { logChannel, severities } from '../../src/wwise/log/log-channel.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const addLogItem = defineCommand({
  name: 'add_log_item',
  title: 'Add log item',
  description: 'Write a line into the Wwise log, for people at the machine. Needs a running Wwise.',
  toolset: 'log',
  effect: 'barrier',
  examples: [{ title: 'Leave a note in the log', input: { message: 'Imported 12 footsteps.' } }],
  hints: { idempotent: false },
  waapiCalls: 1,
  input: z.strictObject({
    message: z.string().trim().min(1).max(10_000).describe('The text.'),
    severity: z.enum(severities).default('Message').describe('Severity.'),
    channel: logChannel,
  }),
  output: z.object({ channel: z.string(), message: z.string() }),
  async run({ message, severity, channel }, context) {
    await context.waapi.call('ak.wwise.core.log.addItem', { message, severity, channel });
    return { channel, message };
  },
});
