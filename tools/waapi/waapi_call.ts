import { z } from 'zod';
import {
  ignoreUnreadable,
  saysIgnoreUnreadable,
  unreadableOutput,
} from '../../src/core/backend/project-files.ts';
import { asJsonArray, asString } from '../../src/core/json.ts';
import { profileOfFunction } from '../../src/wwise/calls/function-profiles.ts';
import { refuseLostWork } from '../../src/wwise/calls/lost-work.ts';
import { callByUri, callInput, callOutput } from '../../src/wwise/calls/waapi-call.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const waapiCall = defineCommand({
  name: 'waapi_call',
  title: 'Call WAAPI',
  description:
    'Call any WAAPI function by URI, where no command does it; its schema checks arguments. It may change anything.',
  toolset: 'waapi',
  effect: 'barrier',
  replaces: replacesWhatLiesThere,
  profile: profileOfFunction,
  examples: [
    {
      title: 'Toggle a mute',
      input: {
        uri: 'ak.wwise.core.audio.mute',
        args: { objects: ['\\Containers\\Default Work Unit\\Wind'], value: true },
      },
    },
  ],
  reliesOnWholeProject: 'reports',
  deletesOthers: ({ uri }) => uri === 'ak.wwise.core.object.delete',
  toleratesUnreadable: saysIgnoreUnreadable,
  hints: { destructive: true, idempotent: false },
  endsUndoStep: ({ uri }) => uri === 'ak.wwise.core.undo.undo' || uri === 'ak.wwise.core.undo.redo',
  waapiCalls: 3,
  input: callInput.extend({
    confirm: z.boolean().default(false).describe('Lose uncommitted work.'),
    ignoreUnreadable,
  }),
  output: callOutput.extend(unreadableOutput),
  async run({ confirm, ignoreUnreadable: _, ...input }, context) {
    const files = asJsonArray(input.args.files).flatMap((file) => asString(file) ?? []);
    await refuseLostWork(input.uri, files, confirm, context.waapi);
    return callByUri(input, context);
  },
});
