import { checkNodeInput } from '../rules/node-input.ts';
import type { Draft } from './draft.ts';

/** Checks every node's input against its command's schema, as far as it is known before the run. */
export function checkInputs(draft: Draft): void {
  for (const node of draft.nodes) if (node.shape !== undefined) checkNodeInput(draft, node, node.shape);
}
