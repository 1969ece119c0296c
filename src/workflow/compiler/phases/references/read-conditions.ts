import { below } from '../../../document/json-pointer.ts';
import { parsedIfText } from '../../../document/json-text.ts';
import { frozen } from '../../plan.ts';
import type { Draft } from '../draft.ts';
import { referencesIn } from './find-references.ts';

/** Finds the references in what decides whether a node is executed. */
export function readConditions(draft: Draft): void {
  for (const node of draft.nodes) {
    if (node.when === undefined) continue;
    node.condition = frozen(structuredClone(parsedIfText(node.when)));
    referencesIn(node, node.condition, below(node.pointer, 'when'));
  }
}
