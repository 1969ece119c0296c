import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';
import { refuseLostWork } from '../calls/lost-work.ts';
import { isError, type WwiseLogItems, wwiseLog, wwiseLogOf } from '../log/wwise-log.ts';
import { explaining } from '../objects/changes/set-objects.ts';
import { localPath } from '../objects/rows/text-fields.ts';
import type { CommandContext } from '../wwise-command.ts';

/** The input field with files under source control. */
export const controlledFiles = z
  .array(localPath.describe('Absolute path.'))
  .min(1)
  .max(500)
  .describe('Work Units (.wwu), Originals..., inside the project.');

export const changedFiles = z.object({ files: z.array(z.string()), log: wwiseLog });

/**
 * One source control call over these files. Throws WAAPI_ERROR with the log when the log holds an error, and
 * CONFIRMATION_REQUIRED when work would be lost and `isConfirmed` is not given.
 */
export async function changeFiles(
  verb: 'add' | 'checkOut' | 'commit' | 'revert',
  files: string[],
  more: { readonly message?: string },
  context: Pick<CommandContext, 'waapi'>,
  isConfirmed = false,
): Promise<{ files: string[]; log: WwiseLogItems }> {
  await refuseLostWork(`ak.wwise.core.sourceControl.${verb}`, files, isConfirmed, context.waapi);
  const answer = await explaining(
    `${verb} ${files.length} files`,
    () => context.waapi.call(`ak.wwise.core.sourceControl.${verb}`, { files, ...more }),
    'Check that a source control plug-in is chosen in the project settings and that the paths are right.',
  );
  const log = wwiseLogOf(answer.log);
  const reasons = log.filter(isError).map(({ message }) => message);
  if (reasons.length === 0) return { files, log };
  throw new WwiseFlowError('WAAPI_ERROR', `Source control did not ${verb}: ${reasons.join(' ')}`, {
    hint: 'Look at the files with source_control_status: some may have been done.',
    details: { files, log: log.map((entry) => ({ ...entry })) },
  });
}
