import { isJsonObject, type Json } from '../../../../core/json.ts';
import { below } from '../../../document/json-pointer.ts';
import { plainHandles } from '../../../document/presentation.ts';
import type { WorkflowEdge } from '../../../document/workflow.ts';
import { ELSE } from '../../../nodes/node-kind.ts';
import type { BranchRoute, Draft, DraftNode } from '../draft.ts';

/**
 * Finds out from which case of a branch each edge leaves: by its handle, by its own condition, which becomes a case of the branch,
 * or by the branch's table of nodes. An entry of the table that no edge draws is a route all the same.
 */
export function routeBranches(draft: Draft): void {
  const branches = draft.nodes.filter(({ shape }) => shape?.kind.cases !== undefined);
  if (branches.length === 0) return;
  const leaving = new Map<string, WorkflowEdge[]>();
  for (const edge of draft.workflow.edges) {
    const known = leaving.get(edge.source);
    if (known === undefined) leaving.set(edge.source, [edge]);
    else known.push(edge);
  }
  for (const node of branches) node.routes = routesOf(node, leaving.get(node.id) ?? []);
}

function routesOf(node: DraftNode, edges: readonly WorkflowEdge[]): BranchRoute[] {
  takeConditions(node, edges);
  const table = tableOf(node);
  const routes = edges.flatMap((edge): BranchRoute[] => {
    const { target, pointer, sourceHandle } = edge;
    if (sourceHandle === 'error') return [];
    const byTable = table.filter((entry) => entry.target === target).map((entry) => entry.port);
    const port = portByEdge(node, edge) ?? (byTable.length === 1 ? byTable[0] : undefined);
    return [{ port, target, pointer, edge, table: byTable }];
  });
  const drawn = new Set(routes.map(({ port, target }) => `${port} ${target}`));
  const implied = table.filter(({ port, target }) => !drawn.has(`${port} ${target}`));
  return [...routes, ...implied.map((entry) => ({ ...entry, edge: undefined, table: [entry.port] }))];
}

/** Conditions on edges are cases of the branch, called after the node they lead to. */
function takeConditions(node: DraftNode, edges: readonly WorkflowEdge[]): void {
  const conditional = edges.filter(({ condition }) => condition !== undefined);
  if (conditional.length === 0 || waysOf(node).length > 0) return;
  node.casePointers = conditional.map(({ pointer }) => below(pointer, 'data', 'condition'));
  node.input.cases = conditional.map((edge) => ({ name: caseName(edge), condition: edge.condition ?? null }));
}

function waysOf(node: DraftNode): readonly string[] {
  return ['condition', 'value', 'cases'].filter((way) => node.data[way] !== undefined);
}

function caseName({ target, pointer }: WorkflowEdge): string {
  return `${target} by edge ${pointer.slice(pointer.lastIndexOf('/') + 1)}`;
}

function portByEdge(node: DraftNode, edge: WorkflowEdge): string | undefined {
  const { sourceHandle: handle, condition } = edge;
  if (condition !== undefined && node.casePointers !== undefined) return caseName(edge);
  if (handle !== undefined && handle.toLowerCase() === 'default') return ELSE;
  if (handle !== undefined && !plainHandles.has(handle)) return handle;
  return node.casePointers === undefined ? undefined : ELSE;
}

interface TableEntry {
  readonly port: string;
  readonly target: string;
  readonly pointer: string;
}

function tableOf({ input, dataPointer }: DraftNode): readonly TableEntry[] {
  const { branches } = input;
  if (!isJsonObject(branches)) return [];
  return Object.entries(branches).flatMap(([port, given]) => {
    const pointer = below(dataPointer, 'branches', port);
    const targets: readonly Json[] = Array.isArray(given) ? given : [given ?? null];
    return targets.flatMap((target, at) =>
      typeof target === 'string'
        ? [{ port, target, pointer: Array.isArray(given) ? below(pointer, at) : pointer }]
        : [],
    );
  });
}
