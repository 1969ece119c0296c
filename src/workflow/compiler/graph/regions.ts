import type { Arc } from './graph.ts';

/** A choice on the way to a node: one of these ports of a branch was taken. */
export interface WayTaken {
  /** The index of the branch; below 0 for a node that is reached on ways that have no branch in common. */
  readonly branch: number;
  readonly ports: ReadonlySet<string>;
}

/** The choices that lead to a node, the earliest first; empty for one that every run reaches. */
export type Region = readonly WayTaken[];

/** An arc that may leave from a port of a branch. */
export interface RoutedArc extends Arc {
  readonly port?: string;
  /** The target needs what the source gives: it is not reached without it. */
  readonly isRead: boolean;
}

/**
 * On which ways each node lies. A node is reached when one of its arcs is that lies on a way, and all that it reads; where all
 * ports of a branch come together again it is reached as the branch is. What is given never claims too much: where ways come
 * together in another manner, only what they have in common is said. `order` is a full topological order; `portsOf` gives all
 * ports of a branch. `isAnyEnough`: whether an arc that lies on no way is as good as one that does.
 */
export function regionsOf(
  order: Iterable<number>,
  arcsInto: (node: number) => readonly RoutedArc[],
  portsOf: (branch: number) => readonly string[],
  isAnyEnough: (node: number) => boolean,
): ReadonlyMap<number, Located> {
  const regions = new Map<number, Located>();
  for (const node of order) {
    const ways: Region[] = [];
    let read: Region = everywhere;
    let isDrawn = false;
    let isReached = false;
    for (const { source, port, isRead } of arcsInto(node)) {
      const from = regions.get(source)?.region ?? everywhere;
      isDrawn ||= !isRead;
      const region = port === undefined ? from : [...from, { branch: source, ports: new Set([port]) }];
      if (region.length === 0) {
        isReached ||= !isRead;
        continue;
      }
      if (isRead) read = both(read, region);
      else ways.push(region);
    }
    const drawn = isReached && isAnyEnough(node) ? everywhere : anyOf(ways, node, portsOf);
    const region = both(drawn, read);
    if (region.length > 0) regions.set(node, { region, drawn: isDrawn ? drawn : region });
  }
  return regions;
}

/** Where a node lies, and where by its drawn edges alone when it has some. */
export interface Located {
  readonly region: Region;
  readonly drawn: Region;
}

/** Of a node that every run reaches. */
export const everywhere: Region = [];

/** Whether whoever reaches the one has reached the other. */
export function implies(one: Region, other: Region): boolean {
  return other.every(({ branch, ports }) =>
    one.some((choice) => choice.branch === branch && [...choice.ports].every((port) => ports.has(port))),
  );
}

/** Whether no run reaches both. `isExclusive`: whether one port of a branch is taken at most. */
export function excludes(one: Region, other: Region, isExclusive: (branch: number) => boolean): boolean {
  return one.some(({ branch, ports }) =>
    other.some(
      (choice) =>
        choice.branch === branch &&
        isExclusive(branch) &&
        ports.size > 0 &&
        choice.ports.size > 0 &&
        ![...choice.ports].some((port) => ports.has(port)),
    ),
  );
}

function both(one: Region, other: Region): Region {
  if (other.length === 0) return one;
  return [...one, ...other.filter((choice) => !implies(one, [choice]))];
}

function anyOf(
  ways: readonly Region[],
  node: number,
  portsOf: (branch: number) => readonly string[],
): Region {
  const [first, ...others] = ways;
  if (first === undefined || others.length === 0) return first ?? everywhere;
  let depth = 0;
  while (others.every((way) => isSame(way[depth], first[depth])) && depth < first.length) depth += 1;
  const common = first.slice(0, depth);
  const next = ways.map((way) => way[depth]);
  if (next.some((choice) => choice === undefined)) return common;
  const [choice] = next;
  if (choice === undefined || next.some((one) => one?.branch !== choice.branch))
    return [...common, { branch: -1 - node, ports: new Set() }];
  const ports = new Set(next.flatMap((one) => [...(one?.ports ?? [])]));
  const isWhole =
    ways.every(({ length }) => length === depth + 1) &&
    portsOf(choice.branch).every((port) => ports.has(port));
  return isWhole ? common : [...common, { branch: choice.branch, ports }];
}

function isSame(one: WayTaken | undefined, other: WayTaken | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.branch === other.branch &&
    one.ports.size === other.ports.size &&
    [...one.ports].every((port) => other.ports.has(port))
  );
}
