import { z } from 'zod';
import { changedFiles, changeFiles, controlledFiles } from '../../src/wwise/files/source-control.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const sourceControlRevert = defineCommand({
  name: 'source_control_revert',
  title: 'Source control revert',
  description:
    'Throw away local changes of files under source control for good. Asks for confirm when something would be lost. Needs a running Wwise.',
  toolset: 'sourcecontrol',
  effect: 'destroy',
  profile: 'builder',
  revert: { never: 'The changes it discards are kept nowhere.' },
  memo: { never: 'The files it reverts to are those of the source control at the time.' },
  examples: [
    {
      title: 'Throw changes of a Work Unit away',
      input: { files: ['/audio/Containers/Default Work Unit.wwu'], confirm: true },
    },
  ],
  checkedOn: 'scripted peer',
  waapiCalls: 2,
  input: z.strictObject({
    files: controlledFiles,
    confirm: z.boolean().default(false).describe('Lose what was not committed.'),
  }),
  output: changedFiles,
  run: ({ files, confirm }, context) => changeFiles('revert', files, {}, context, confirm),
});
