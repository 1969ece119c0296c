import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { changedFiles, changeFiles, controlledFiles } from '../../src/bus/source-control.ts';

export const sourceControlRevert = defineCommand({
  name: 'source_control_revert',
  title: 'Source control revert',
  description: 'Throw away local changes of files under source control for good. Needs a running Wwise.',
  toolset: 'sourcecontrol',
  effect: 'destroy',
  waapiCalls: 1,
  input: z.strictObject({ files: controlledFiles }),
  output: changedFiles,
  run: ({ files }, context) => changeFiles('revert', files, {}, context),
});
