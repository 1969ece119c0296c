import { added, type Draft, type DraftNode, type FoundReference } from '../draft.ts';
import { isExpression, plainReference, readsIn } from './expression-reads.ts';

/** Makes whoever reads a node's output wait for that node, and takes down which input reads what. */
export function* followReferences(draft: Draft): Generator<void, void> {
  for (const node of draft.nodes) {
    for (const reference of node.references) {
      if (node.brokenReferences.includes(reference)) node.isUpstreamBroken = true;
      else follow(draft, node, reference);
      yield;
    }
    for (const id of node.outerReads) {
      const source = draft.indexById.get(id);
      if (source !== undefined) draft.links.push({ source, target: node.index, by: 'reference' });
    }
    yield;
  }
}

function follow(draft: Draft, node: DraftNode, reference: FoundReference): void {
  const { text } = reference;
  const [only] = reference.path;
  const input = reference.path.length === 1 && typeof only === 'string' ? only : reference.path.join('.');
  if (!isExpression(reference)) {
    node.wiring = added(node.wiring, { input, from: text, auto: false });
    link(draft, node, reference);
    return;
  }
  const from = plainReference(node, reference) ?? reference.target.string;
  const last = node.wiring.at(-1);
  // A string with several expressions is one value.
  if (last?.input !== input || last.from !== from)
    node.wiring = added(node.wiring, { input, from, auto: false });
  for (const read of readsIn(node, reference)) link(draft, node, read);
}

function link(draft: Draft, node: DraftNode, reference: FoundReference): void {
  const { target } = reference;
  if (target.kind === 'input' || target.kind === 'expression') return;
  const source = draft.indexById.get(target.node);
  if (source === undefined) return;
  // Whoever reads an error is there for the case that it occurs.
  const by = target.kind === 'error' ? 'error' : 'reference';
  draft.links.push({ source, target: node.index, by, reference });
}
