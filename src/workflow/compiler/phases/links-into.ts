import type { Draft, DraftLink, DraftNode } from './draft.ts';

/** The links that end in a node. Asked for each node, it takes time for each link once, unless links came meanwhile. */
export function linksInto({ links }: Draft, node: DraftNode): readonly DraftLink[] {
  let known = sorted.get(links);
  if (known === undefined || known.count !== links.length) {
    const into = new Map<number, DraftLink[]>();
    for (const link of links) {
      const same = into.get(link.target);
      if (same === undefined) into.set(link.target, [link]);
      else same.push(link);
    }
    known = { count: links.length, into };
    sorted.set(links, known);
  }
  return known.into.get(node.index) ?? [];
}

const sorted = new WeakMap<readonly DraftLink[], Sorted>();

interface Sorted {
  readonly count: number;
  readonly into: ReadonlyMap<number, readonly DraftLink[]>;
}
