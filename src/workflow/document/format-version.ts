import type { Json } from '../../core/json.ts';
import type { Report } from '../compiler/problem.ts';
import { showValue } from '../runtime/values/show-value.ts';

/**
 * Of what a document looks like; one that does not say is read as whichever it is. 1: the block format, whose nodes name a `provider`,
 * brought to the present form by `normalise/`. 2: what is read as it is. Raise it when a document of the present form would be read as
 * something else, and add the step from it to `normalise/`.
 */
export const FORMAT_VERSION = 2;

/** Whether the document says that it needs no step to the present form. */
export function isPresentFormat(version: Json | undefined): boolean {
  return version === FORMAT_VERSION;
}

/** Reports a version that this program does not read: a newer one may mean something else by the same words. */
export function checkFormatVersion(version: unknown, report: Report): void {
  if (version === undefined || version === null) return;
  const isNumber = typeof version === 'number' && Number.isInteger(version) && version >= 1;
  if (isNumber && version <= FORMAT_VERSION) return;
  report({
    code: 'WORKFLOW_INVALID',
    message: isNumber
      ? `The workflow is written in format ${version}, and this program reads up to ${FORMAT_VERSION}: a newer one is needed.`
      : `${showValue(version)} is no version of the format.`,
    pointer: '/formatVersion',
    expected: `a whole number, 1 to ${FORMAT_VERSION}; left out: ${FORMAT_VERSION}`,
  });
}
