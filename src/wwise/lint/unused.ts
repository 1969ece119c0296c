import { unusedObjects } from '../objects/references/unused-objects.ts';
import type { Check, Finding } from './rules.ts';

/** Objects nothing refers to, topmost only. */
export const unused: Check = async ({ unused: { kinds } }, context) => {
  const findings: Finding[] = [];
  for (const kind of kinds) {
    for (const { below, ...object } of await unusedObjects(kind, undefined, context)) {
      const rest = below === 0 ? '' : `, nor to the ${below} below it`;
      findings.push({ object, message: `Nothing refers to it${rest}.` });
    }
  }
  return findings;
};
