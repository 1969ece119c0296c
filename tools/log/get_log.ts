import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { logChannel, severities } from '../../src/wwise/log/log-channel.ts';
import { wwiseLog, wwiseLogOf } from '../../src/wwise/log/wwise-log.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const getLog = defineCommand({
  name: 'get_log',
  title: 'Get log',
  description:
    'Read a channel of the Wwise log, newest first, when something went wrong. Needs a running Wwise.',
  toolset: 'log',
  effect: 'read',
  readsOnly: 'the log',
  examples: [
    {
      title: 'Read the warnings of the project load',
      input: { channel: 'projectLoad', severity: 'Warning' },
    },
  ],
  waapiCalls: 1,
  input: z.strictObject({
    channel: logChannel,
    severity: z.enum(severities).default('Message').describe('This and graver.'),
    ...pageInput,
  }),
  output: z.object({ channel: z.string(), items: wwiseLog, ...pageOutput }),
  async run(input, context) {
    const { channel, severity } = input;
    const answer = await context.waapi.call('ak.wwise.core.log.get', { channel });
    const grave: readonly string[] = severities.slice(0, severities.indexOf(severity) + 1);
    const all = wwiseLogOf(answer.items).filter((item) => grave.includes(item.severity));
    return { channel, ...page('get_log', input, all.reverse()) };
  },
});
