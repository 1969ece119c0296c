import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { asJsonArray, asString } from '../../src/core/json.ts';
import { refuseLostWork } from '../../src/wwise/calls/lost-work.ts';
import { callByUri, callInput, callOutput } from '../../src/wwise/calls/waapi-call.ts';

export const waapiCall = defineCommand({
  name: 'waapi_call',
  title: 'Call WAAPI',
  description:
    'Call any WAAPI function by URI, when no other command does it; its schema checks the arguments. It may change anything.',
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
    confirm: z.boolean().default(false).describe('Lose uncommitted work.'),
  }),
  output: callOutput,
  async run({ confirm, ...input }, context) {
    const files = asJsonArray(input.args.files).flatMap((file) => asString(file) ?? []);
    await refuseLostWork(input.uri, files, confirm, context.waapi);
    return callByUri(input, context);
  },
});
