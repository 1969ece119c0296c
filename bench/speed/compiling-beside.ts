import { alg, Graph } from '@dagrejs/graphlib';
import { compileWorkflow } from '../../src/workflow/compiler/compile.ts';
import { bareBus } from '../runner-ours.ts';
import { inPairs } from './row.ts';

/** Milliseconds: a document of so many nodes compiled, beside graphlib that is given the same graph and sorts it. */
export async function compileBeside(length: number, rounds: number) {
  const bus = bareBus();
  const ids = Array.from({ length }, (_, index) => `n${index}`);
  const edges = ids.slice(1).map((target) => ({ source: 'n0', target }));
  const document = { nodes: ids.map((id) => ({ id, type: 'add_one', data: {} })), edges };
  const sort = async () => {
    const graph = new Graph();
    for (const id of ids) graph.setNode(id);
    for (const { source, target } of edges) graph.setEdge(source, target);
    return alg.topsort(graph).length;
  };
  const compile = async () => compileWorkflow(document, bus).nodes.length;
  const hash = async () => compileWorkflow(document, bus).planHash.length;
  return { compile: await inPairs(rounds, compile, sort), hash: await inPairs(rounds, hash, sort) };
}

/** Milliseconds of a chain, alone: graphlib's sort overflows the stack. */
export async function compileChain(length: number) {
  const bus = bareBus();
  const nodes = Array.from({ length }, (_, index) => ({ id: `n${index}`, type: 'add_one', data: {} }));
  const edges = nodes.slice(1).map(({ id }, index) => ({ source: `n${index}`, target: id }));
  const from = performance.now();
  compileWorkflow({ nodes, edges }, bus);
  return performance.now() - from;
}
