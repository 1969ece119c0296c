import { WwiseFlowError } from '../../../core/errors.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import type { CommandContext } from '../../wwise-command.ts';

/** Throws INVALID_INPUT with the project's platforms when it has none of this name. GUIDs pass. */
export async function checkPlatform(
  platform: string | undefined,
  context: Pick<CommandContext, 'project'>,
): Promise<void> {
  if (platform === undefined || platform.startsWith('{')) return;
  const { platforms, name } = await context.project();
  if (platforms.length === 0 || platforms.includes(platform)) return;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `The project "${name}" has no platform "${platform}".${didYouMean(platform, platforms)}`,
    { hint: 'Use one of details.platforms, spelled exactly so.', details: { platform, platforms } },
  );
}
