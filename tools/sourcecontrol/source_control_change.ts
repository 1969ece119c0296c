import { z } from 'zod';
import { changedFiles, changeFiles, controlledFiles } from '../../src/wwise/files/source-control.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const sourceControlChange = defineCommand({
  name: 'source_control_change',
  title: 'Source control change',
  description:
    'Add, check out or commit files in source control. First project_save. To throw changes away use source_control_revert. Needs a running Wwise.',
  toolset: 'sourcecontrol',
  effect: 'barrier',
  profile: 'builder',
  examples: [
    {
      title: 'Check a Work Unit out',
      input: { action: 'checkOut', files: ['/audio/Containers/Default Work Unit.wwu'] },
    },
  ],
  checkedOn: 'scripted peer',
  hints: { idempotent: false },
  waapiCalls: 1,
  input: z
    .strictObject({
      action: z.enum(['add', 'checkOut', 'commit']).describe('What to do.'),
      files: controlledFiles,
      message: z.string().trim().min(1).max(10_000).optional().describe('With commit: its message.'),
    })
    .refine(({ action, message }) => (action === 'commit') === (message !== undefined), {
      path: ['message'],
      message: 'is needed with commit, and only then',
    }),
  output: changedFiles,
  run: ({ action, files, message }, context) =>
    changeFiles(action, files, message === undefined ? {} : { message }, context),
});
