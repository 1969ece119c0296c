import { z } from 'zod';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { confirmationRequired } from '../../src/core/dispatch/checks/confirmation.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { asString } from '../../src/core/json.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const projectReload = defineCommand({
  name: 'project_reload',
  title: 'Reload project',
  description: 'Read the project from disk again, after FILE_CONFLICT.',
  toolset: 'project',
  effect: 'barrier',
  reliesOnWholeProject: 'reports',
  hints: { destructive: true },
  examples: [{ title: 'Read it again', input: {} }],
  waapiCalls: 3,
  input: z.strictObject({
    discardUnsaved: z
      .literal(true)
      .optional()
      .describe('Give up the unsaved edits. Left out: refused while there are some.'),
  }),
  output: z.object({
    filePath: z.string().describe('The .wproj that was read.'),
    discardedUnsaved: z.boolean().describe('Whether unsaved edits were given up.'),
    undoCleared: z.boolean().describe('The undo history starts anew.'),
    ...unreadableOutput,
  }),
  async run({ discardUnsaved }, context) {
    await refuseLiveWwise(context);
    const { filePath } = await context.project();
    const { isDirty } = await context.waapi.call('ak.wwise.core.getProjectInfo');
    if (isDirty !== false && discardUnsaved !== true) {
      throw confirmationRequired(`${filePath} has unsaved edits, which reloading would lose.`, {
        by: { discardUnsaved: true },
        hint: 'Save them with project_save or undo them; or call project_reload with discardUnsaved true to give them up.',
        details: { filePath },
      });
    }
    await reopen(filePath, context);
    return { filePath, discardedUnsaved: isDirty !== false, undoCleared: true };
  },
});

/** A user may be at work in Wwise, and Wwise asks that user itself when files changed. */
async function refuseLiveWwise(context: CommandContext): Promise<void> {
  const { displayName } = await context.waapi.call('ak.wwise.core.getInfo');
  const name = asString(displayName) ?? 'Wwise';
  if (/embedded engine/i.test(name)) return;
  throw new WwiseFlowError('WAAPI_ERROR', `${name} has no function that reloads a project.`, {
    hint: 'Reload it in Wwise: it offers to when it notices that files changed; or close and open the project there.',
    details: { displayName: name },
  });
}

async function reopen(filePath: string, context: CommandContext): Promise<void> {
  try {
    await context.waapi.call('ak.wwise.ui.project.open', { path: filePath, bypassSave: true });
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code !== 'WAAPI_ERROR') throw error;
    throw new WwiseFlowError(
      'FILE_UNREADABLE',
      `${filePath} was not reloaded and stays as it was: ${error.message}`,
      {
        hint: 'Correct what the message names on disk (finish the merge, restore the file), then reload again.',
        details: { filePath },
        cause: thrown,
      },
    );
  }
}
