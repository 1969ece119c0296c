import { WwiseFlowError } from '../../core/errors.ts';
import { checkPreviewed } from './keep-to-policies.ts';
import { answerOf, type Preview, type Previews } from './preview.ts';

/**
 * The preview to do for real: the project is still what it was, and the run is expected to succeed, unless forced. Rejects
 * with PREVIEW_NOT_FOUND, PROJECT_CHANGED or PREVIEW_FAILED; nothing was changed then.
 */
export async function previewToApply(
  previewId: string,
  force: boolean,
  previews: Previews,
): Promise<Preview> {
  const preview = await previews.checkUnchanged(previewId);
  const { result, isDemo } = preview;
  if (isDemo)
    throw new WwiseFlowError('PREVIEW_FAILED', `${previewId} is a demo: what its nodes gave was made up.`, {
      hint: 'Make a preview: workflow_run with mode "preview". Nothing was changed.',
      details: { previewId },
    });
  checkPreviewed(preview);
  if (result.ok || force) return preview;
  throw new WwiseFlowError(
    'PREVIEW_FAILED',
    `The preview ${previewId} says that the workflow would fail: ${result.error}`,
    {
      hint: 'Correct the workflow and make a new preview; with force true what comes before the failure is done. Nothing was changed.',
      details: { previewId, code: result.code, stopAt: answerOf(result).stopAt ?? null },
    },
  );
}
