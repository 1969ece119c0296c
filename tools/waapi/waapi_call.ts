import { defineCommand } from '../../src/bus/command.ts';
import { callByUri, callInput, callOutput } from '../../src/bus/waapi-call.ts';

export const waapiCall = defineCommand({
  name: 'waapi_call',
  title: 'Call WAAPI',
  description:
    'Call any WAAPI function by its URI, when no other command does it; arguments are checked against the schema of the running Wwise. It may change anything.',
  toolset: 'waapi',
  effect: 'barrier',
  hints: { destructive: true, idempotent: false },
  waapiCalls: 3,
  input: callInput,
  output: callOutput,
  run: callByUri,
});
