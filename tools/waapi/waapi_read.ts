import { WwiseFlowError } from '../../src/base/errors.ts';
import { offeredUris, unknownUri } from '../../src/bus/call-check.ts';
import { defineCommand } from '../../src/bus/command.ts';
import { callByUri, callInput, callOutput, readsOnly } from '../../src/bus/waapi-call.ts';

export const waapiRead = defineCommand({
  name: 'waapi_read',
  title: 'Read through WAAPI',
  description:
    'Call a WAAPI function that only reads, by its URI, when no other command does it. For objects use get_object or query_waql; for functions that change something use waapi_call.',
  toolset: 'waapi',
  effect: 'read',
  waapiCalls: 3,
  input: callInput,
  output: callOutput,
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
