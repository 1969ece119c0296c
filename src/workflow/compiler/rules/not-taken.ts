import { parseReferences } from '../../expressions/reference.ts';
import { everywhere, excludes, implies } from '../graph/regions.ts';
import {
  type Draft,
  type DraftNode,
  dataPointerAt,
  type FoundReference,
  nodeLabel,
} from '../phases/draft.ts';
import { isExpression, readsIn } from '../phases/references/expression-reads.ts';

/**
 * Law: a node does not read what no run gives it: the output of a node on another way of the same branch. Where a run may or may
 * not give it, the author is warned that the node is skipped without it.
 */
export function checkNotTaken(draft: Draft): void {
  const isBranched = draft.nodes.some(({ located }) => located !== undefined);
  if (!isBranched && draft.nodes.every(({ condition }) => condition === undefined)) return;
  for (const node of draft.nodes) {
    if (node.shape?.kind.needs?.(node.input) === 'any') continue;
    const seen = new Set<number>();
    for (const read of node.references.flatMap((one) => (isExpression(one) ? readsIn(node, one) : [one]))) {
      const { target, isGuarded } = read;
      const index = target.kind === 'output' ? draft.indexById.get(target.node) : undefined;
      const source = index === undefined || isGuarded === true ? undefined : draft.nodes[index];
      if (source === undefined || seen.has(source.index)) continue;
      seen.add(source.index);
      checkRead(draft, node, source, read);
    }
    for (const { from, auto } of node.wiring) {
      const [part] = auto ? (parseReferences(from) ?? []) : [];
      const index = part?.target?.kind === 'output' ? draft.indexById.get(part.target.node) : undefined;
      const source = index === undefined ? undefined : draft.nodes[index];
      if (source !== undefined && !seen.has(source.index)) checkRead(draft, node, source, { text: from });
    }
  }
}

type Reading = Pick<FoundReference, 'text'> & Partial<FoundReference>;

function checkRead(draft: Draft, node: DraftNode, read: DraftNode, reading: Reading): void {
  const { text } = reading;
  const [own, other] = [node.located?.region ?? everywhere, read.located?.region ?? everywhere];
  const isExclusive = (branch: number): boolean => {
    const from = draft.nodes[branch];
    return from?.shape?.kind.cases?.(from.input).isExclusive === true;
  };
  if (excludes(own, other, isExclusive)) {
    const { path } = reading;
    draft.report({
      code: 'UNRESOLVED_REFERENCE',
      message: `Node ${nodeLabel(node)} reads ${text}, but ${nodeLabel(read)} lies on another way of the same branch: no run reaches both.`,
      pointer: reading.edgePointer ?? dataPointerAt(node, path ?? []),
      node: node.id,
      expected:
        'an output of a node that is reached whenever this one is; or a merge of both ways, read in its stead',
    });
  } else if (!implies(node.located?.drawn ?? everywhere, other)) {
    draft.warnings.push(
      `${nodeLabel(node)} reads ${text}: where the way to ${nodeLabel(read)} is not taken, ${node.id} is skipped.`,
    );
  } else if (read.condition !== undefined && !isSame(read, node)) {
    draft.warnings.push(
      `${nodeLabel(node)} reads ${text}: where "when" of ${nodeLabel(read)} does not hold, ${node.id} is skipped.`,
    );
  }
}

function isSame(read: DraftNode, node: DraftNode): boolean {
  return JSON.stringify(read.condition) === JSON.stringify(node.condition);
}
