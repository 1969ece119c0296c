import { below } from '../../document/json-pointer.ts';
import { DEEPEST_INPUT, type Draft } from '../phases/draft.ts';

/** Law: the input of a node is not nested deeper than anybody writes it. */
export function checkInputDepth(draft: Draft): void {
  for (const { id, tooDeepAt, dataPointer } of draft.nodes) {
    if (tooDeepAt === undefined) continue;
    draft.report({
      code: 'WORKFLOW_INVALID',
      message: `The input of node "${id}" is nested deeper than ${DEEPEST_INPUT} levels.`,
      pointer: below(dataPointer, ...tooDeepAt),
      node: id,
    });
  }
}
