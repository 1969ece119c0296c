import { elementKind } from '../../src/embedded/model/index/element-kind.ts';
import { childOrder } from '../../src/embedded/model/structure/child-order.ts';
import { parseWwu } from '../../src/embedded/wwu/parse.ts';
import { attribute, type WwuElement, walk } from '../../src/embedded/wwu/tree.ts';

/** What every file of a sound project keeps, whoever edited it. Gives each breach in a line; empty when there is none. */
export function breachesOf(files: ReadonlyMap<string, Buffer>): readonly string[] {
  const roots = [...files].map(([path, bytes]) => ({ path, root: parseWwu(bytes).root }));
  const definitions = new Map<string, { readonly name: string; readonly workUnit: string }>();
  const shortIds = new Map<string, string>();
  const breaches: string[] = [];
  for (const { path, root } of roots) {
    const workUnit = attribute(root, 'ID') ?? '';
    for (const node of walk(root)) {
      if (elementKind(node) !== 'definition') continue;
      const id = attribute(node, 'ID') ?? '';
      if (definitions.has(id)) breaches.push(`${path}: ${id} is defined twice`);
      definitions.set(id, { name: attribute(node, 'Name') ?? '', workUnit });
      const shortId = attribute(node, 'ShortID');
      if (shortId === undefined) continue;
      if (shortIds.has(shortId)) breaches.push(`${path}: ShortID ${shortId} is given twice`);
      shortIds.set(shortId, id);
    }
  }
  for (const { path, root } of roots) {
    for (const node of walk(root)) {
      const found = [...referenceBreaches(node, definitions), ...orderBreaches(node)];
      if (node.name === 'PropertyList' || node.name === 'ReferenceList') found.push(...sortBreaches(node));
      breaches.push(...found.map((breach) => `${path}: ${breach}`));
    }
  }
  return breaches;
}

function referenceBreaches(
  node: WwuElement,
  definitions: ReadonlyMap<string, { readonly name: string; readonly workUnit: string }>,
): readonly string[] {
  const kind = elementKind(node);
  if (kind !== 'reference' && kind !== 'placeholder') return [];
  const id = attribute(node, 'ID') ?? '';
  const target = definitions.get(id);
  if (target === undefined) return [`<${node.name}> points at ${id}, which is nowhere`];
  const name = attribute(node, 'Name');
  const workUnit = attribute(node, 'WorkUnitID');
  return [
    ...(name === target.name ? [] : [`<${node.name}> calls "${target.name}" "${name}"`]),
    // A folder is a Work Unit of its own, though the .wproj holds it.
    ...(workUnit === undefined || workUnit === target.workUnit || workUnit === id
      ? []
      : [`<${node.name}> looks for "${name}" in another Work Unit`]),
  ];
}

function orderBreaches(node: WwuElement): readonly string[] {
  const order = childOrder[node.name];
  if (order === undefined) return [];
  // Notes stand first where the order says nothing of them.
  const [first, ...others] = node.children;
  const isSilent = first?.name === 'Comment' && !order.includes('Comment');
  const places = (isSilent ? others : node.children).map((child) => order.indexOf(child.name));
  const isSorted = places.every((place, at) => place >= (places[at - 1] ?? 0));
  return isSorted ? [] : [`<${node.name}> holds ${node.children.map(({ name }) => name).join(', ')}`];
}

function sortBreaches(list: WwuElement): readonly string[] {
  const names = list.children.map((child) => attribute(child, 'Name') ?? '');
  if (names.length === 0) return [`an empty ${list.name}`];
  return names.every((name, at) => (names[at - 1] ?? '') < name) ? [] : [`not sorted: ${names.join(', ')}`];
}
