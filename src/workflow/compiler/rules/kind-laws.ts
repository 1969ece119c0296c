import type { Draft } from '../phases/draft.ts';

/** Law: a node keeps what its kind asks for beyond the schema of its input. */
export function checkKindLaws(draft: Draft): void {
  const checked = draft.nodes.filter(({ shape }) => shape?.kind.check !== undefined);
  if (checked.length === 0) return;
  const before = new Map<number, Set<string>>();
  const after = new Map<number, Set<string>>();
  for (const { source, target } of draft.links) {
    add(before, target, draft.nodes[source]?.id);
    add(after, source, draft.nodes[target]?.id);
  }
  for (const node of checked) {
    node.shape?.kind.check?.(node, {
      before: [...(before.get(node.index) ?? [])],
      after: [...(after.get(node.index) ?? [])],
      services: draft.inclusion.services,
      report: draft.report,
      warn: (text) => draft.warnings.push(text),
    });
  }
}

function add(map: Map<number, Set<string>>, index: number, id: string | undefined): void {
  if (id === undefined) return;
  const known = map.get(index);
  if (known === undefined) map.set(index, new Set([id]));
  else known.add(id);
}
