import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { offeredUris, unknownUri } from '../../src/wwise/calls/live-schema.ts';
import { callByUri, callInput, callOutput, readsOnly } from '../../src/wwise/calls/waapi-call.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const waapiRead = defineCommand({
  name: 'waapi_read',
  title: 'Read through WAAPI',
  description:
    'Call a WAAPI function that only reads, when no other tool does it. For one that changes something use waapi_call.',
  toolset: 'waapi',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [{ title: 'Ask for the Wwise version', input: { uri: 'ak.wwise.core.getInfo' } }],
  waapiCalls: 3,
  input: callInput,
  output: callOutput.extend(unreadableOutput),
  async run(input, context) {
    if (readsOnly(input.uri)) return callByUri(input, context);
    const offered = await offeredUris('functions', context.waapi);
    if (!offered.includes(input.uri)) throw unknownUri(input.uri, offered);
    throw new WwiseFlowError('INVALID_INPUT', `${input.uri} is not known to only read.`, {
      hint: 'Use waapi_call for it, where the server is not read-only.',
      details: { uri: input.uri },
    });
  },
});
