import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { asJsonArray, asString } from '../../src/core/json.ts';
import { refuseLostWork } from '../../src/wwise/calls/lost-work.ts';
import { callByUri, callInput, callOutput } from '../../src/wwise/calls/waapi-call.ts';

export const waapiCall = defineCommand({
  name: 'waapi_call',
  title: 'Call WAAPI',
  description:
    'Call any WAAPI function by its URI, when no other command does it; arguments are checked against the schema of the running Wwise. It may change anything.',
  toolset: 'waapi',
  effect: 'barrier',
  examples: [
    {
      title: 'Toggle a mute',
      input: {
        uri: 'ak.wwise.core.audio.mute',
        args: { objects: ['\\Containers\\Default Work Unit\\Wind'], value: true },
      },
    },
  ],
  hints: { destructive: true, idempotent: false },
  endsUndoStep: ({ uri }) => uri === 'ak.wwise.core.undo.undo' || uri === 'ak.wwise.core.undo.redo',
  waapiCalls: 3,
  input: callInput.extend({
    confirm: z.boolean().default(false).describe('With source control: lose what was not committed.'),
  }),
  output: callOutput,
  async run({ confirm, ...input }, context) {
    const files = asJsonArray(input.args.files).flatMap((file) => asString(file) ?? []);
    await refuseLostWork(input.uri, files, confirm, context.waapi);
    return callByUri(input, context);
  },
});
