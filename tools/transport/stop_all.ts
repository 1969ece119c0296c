import { z } from 'zod';
import { asJsonArray } from '../../src/core/json.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const stopAll = defineCommand({
  name: 'stop_all',
  title: 'Stop all transports',
  description: 'Stop everything that plays in the transports of Wwise. Needs a running Wwise.',
  toolset: 'transport',
  effect: 'barrier',
  examples: [{ title: 'Silence the previews', input: {} }],
  waapiCalls: 2,
  input: z.strictObject({}),
  output: z.object({ transports: z.int().describe('Transports that were open.') }),
  async run(_input, context) {
    const { list } = await context.waapi.call('ak.wwise.core.transport.getList');
    await context.waapi.call('ak.wwise.core.transport.executeAction', { action: 'stop' });
    return { transports: asJsonArray(list).length };
  },
});
