import { mayDo, profileFor } from '../../../core/access/profile.ts';
import { below } from '../../document/json-pointer.ts';
import type { Draft } from '../phases/draft.ts';

/**
 * Law: a node needs no more than the profile it is compiled for, so that no run stops halfway for it. A reader plans what others
 * will run. What a reference gives is not known here: the call itself is checked again.
 */
export function checkProfile(draft: Draft): void {
  const { profile = 'admin' } = draft;
  if (profile === 'reader') return;
  for (const node of draft.nodes) {
    const command = draft.findCommand(node.type);
    const needed = command === undefined ? node.shape?.kind.profile : profileFor(command, node.input);
    if (needed === undefined) continue;
    const isDecidedLater =
      typeof command?.profile === 'function' && Object.values(node.input).some(isReference);
    if (mayDo(profile, needed) || isDecidedLater) continue;
    draft.report({
      code: 'NOT_IN_PROFILE',
      message: `Node "${node.id}" (${node.type}) needs the profile ${needed}; this was started for a ${profile}.`,
      pointer: below(node.pointer, 'type'),
      node: node.id,
      expected: `what a ${profile} may do, or a start with --profile ${needed}`,
    });
  }
}

function isReference(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('$');
}
