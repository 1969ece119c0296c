import { describe, expect, it } from 'vitest';
import { fenceArcs } from '../../../src/workflow/compiler/graph/fences.ts';
import { findCycles } from '../../../src/workflow/compiler/graph/find-cycles.ts';
import { type Arc, packGraph } from '../../../src/workflow/compiler/graph/graph.ts';
import { nearestSources } from '../../../src/workflow/compiler/graph/nearest-sources.ts';
import { stableOrder } from '../../../src/workflow/compiler/graph/stable-order.ts';
import { waves } from '../../../src/workflow/compiler/graph/waves.ts';
import { compile, node } from '../harness.ts';

/** mulberry32: the same numbers every time. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** A graph without cycles whose nodes are numbered at random. */
function randomArcs(size: number, random: (below: number) => number): Arc[] {
  const rank = Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i -= 1) {
    const j = random(i + 1);
    [rank[i], rank[j]] = [rank[j] ?? 0, rank[i] ?? 0];
  }
  const arcs: Arc[] = [];
  for (let n = random(size * 3 + 1); n > 0; n -= 1) {
    const [a, b] = [random(size), random(size)];
    if ((rank[a] ?? 0) < (rank[b] ?? 0)) arcs.push({ source: a, target: b });
  }
  return arcs;
}

const seeds = Array.from({ length: 200 }, (_, seed) => seed);

describe('any graph without cycles', () => {
  it('is put into an order that keeps every arc, and every node', () => {
    for (const seed of seeds) {
      const random = randomNumbers(seed);
      const size = 1 + random(60);
      const arcs = randomArcs(size, random);
      const order = stableOrder(packGraph(size, arcs));
      const place = new Map([...order].map((n, index) => [n, index]));
      expect(place.size).toBe(size);
      for (const { source, target } of arcs) expect(place.get(source)).toBeLessThan(place.get(target) ?? -1);
    }
  });

  it('has waves in which nothing waits for anything', () => {
    for (const seed of seeds) {
      const random = randomNumbers(seed);
      const size = 1 + random(60);
      const arcs = randomArcs(size, random);
      const graph = packGraph(size, arcs);
      const wave = new Map(
        waves(graph, stableOrder(graph)).flatMap((nodes, index) => nodes.map((n) => [n, index] as const)),
      );
      expect(wave.size).toBe(size);
      for (const { source, target } of arcs) expect(wave.get(source)).toBeLessThan(wave.get(target) ?? -1);
    }
  });

  it('finds for every node what a search by breadth finds', () => {
    for (const seed of seeds) {
      const random = randomNumbers(seed);
      const size = 1 + random(12);
      const arcs = randomArcs(size, random);
      const graph = packGraph(size, arcs);
      const provides = (n: number) => n % 3 === 0;
      const found = nearestSources(graph, stableOrder(graph), provides);
      for (let n = 0; n < size; n += 1) expect(found[n]).toEqual(searchByBreadth(n, arcs, provides));
    }
  });

  it('gets fences that nothing crosses, by arcs that leave it without cycles', () => {
    for (const seed of seeds) {
      const random = randomNumbers(seed);
      const size = 1 + random(30);
      const arcs = randomArcs(size, random);
      const graph = packGraph(size, arcs);
      const order = stableOrder(graph);
      const added = fenceArcs(graph, order, (n) => n % 5 === 0);
      const all = packGraph(size, [...arcs, ...added]);
      expect([...stableOrder(all)]).toHaveLength(size);
      const wave = new Map(
        waves(all, order).flatMap((nodes, index) => nodes.map((n) => [n, index] as const)),
      );
      for (const [place, fence] of order.entries()) {
        if (fence % 5 !== 0) continue;
        for (const before of order.slice(0, place))
          expect(wave.get(before)).toBeLessThan(wave.get(fence) ?? -1);
        for (const after of order.slice(place + 1))
          expect(wave.get(after)).toBeGreaterThan(wave.get(fence) ?? size);
      }
    }
  });
});

describe('a graph with cycles', () => {
  it('shows cycles whose every step is an arc', () => {
    for (const seed of seeds) {
      const random = randomNumbers(seed);
      const size = 1 + random(30);
      const arcs = Array.from({ length: random(size * 2) }, () => ({
        source: random(size),
        target: random(size),
      }));
      const graph = packGraph(size, arcs);
      const order = stableOrder(graph);
      const cycles = findCycles(graph, order);
      expect(cycles.length > 0).toBe(order.length < size);
      const steps = new Set(arcs.map(({ source, target }) => `${source} ${target}`));
      for (const cycle of cycles) {
        expect(new Set(cycle).size).toBe(cycle.length);
        for (const [index, n] of cycle.entries())
          expect(steps).toContain(`${n} ${cycle[(index + 1) % cycle.length]}`);
      }
    }
  });
});

describe('large workflows', () => {
  it('a chain of 20,000 nodes compiles, each wired to the one Sound far upstream', () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => `n${i}`);
    const nodes = ids.map((id, i) =>
      i === 0 ? node(id, 'createSound', { name: 'A' }) : node(id, 'setNotes'),
    );
    const chain = ids.slice(1).map((target, i) => ({ source: ids[i] ?? '', target }));
    const plan = compile({ nodes, edges: chain });
    expect(plan.order).toEqual(ids);
    expect(plan.waves).toHaveLength(20_000);
    expect(plan.nodes.at(-1)?.wiring).toEqual([
      { input: 'objectId', from: '$from:n0:$output:objectId', auto: true },
    ]);
  });

  it('a fan of 50,000 nodes and a save compiles', () => {
    const ids = Array.from({ length: 50_000 }, (_, i) => `n${i}`);
    const nodes = [
      node('made', 'createSound', { name: 'A' }),
      ...ids.map((id) => node(id, 'setNotes')),
      node('save', 'projectSave'),
    ];
    const plan = compile({ nodes, edges: ids.map((target) => ({ source: 'made', target })) });
    expect(plan.waves.map((wave) => wave.length)).toEqual([1, 50_000, 1]);
    expect(plan.addedEdges).toHaveLength(50_000);
  });
});

function searchByBreadth(start: number, arcs: readonly Arc[], provides: (n: number) => boolean): unknown {
  let level = new Set([start]);
  const seen = new Set<number>();
  for (let distance = 1; level.size > 0; distance += 1) {
    level = new Set(arcs.filter(({ target }) => level.has(target)).map(({ source }) => source));
    for (const n of level) if (seen.has(n)) level.delete(n);
    for (const n of level) seen.add(n);
    const nodes = [...level].filter(provides).sort((a, b) => a - b);
    if (nodes.length > 0) return { distance, nodes };
  }
  return undefined;
}
