import type { Plan, PlanNode } from '../../../workflow/service.ts';
import type { Print } from '../print.ts';
import { bold, cyan, dim, line, type PaintedLine, yellow } from './paint.ts';

/** Prints a plan: the nodes in order, what each waits for beyond its edges, what was wired, and the cost. */
export function drawPlan(plan: Plan, print: Print): void {
  print(line`${bold(plan.name ?? plan.workflowId)} ${dim(line`plan ${plan.planHash.slice(0, 12)}`)}`);
  const wave = new Map(plan.waves.flatMap((ids, index) => ids.map((id) => [id, index + 1] as const)));
  const idWidth = Math.max(...plan.nodes.map((node) => node.id.length));
  for (const node of plan.nodes) {
    print(
      line`  ${dim(`${wave.get(node.id) ?? ''}`.padStart(3))}  ${node.id.padEnd(idWidth)}  ${describe(node)}`,
    );
    for (const { input, from, auto } of node.wiring) {
      print(
        line`       ${' '.repeat(idWidth)}  ${dim(line`${input} ← ${from}${auto ? ' (wired automatically)' : ''}`)}`,
      );
    }
  }
  for (const [index, unit] of (plan.units ?? []).entries()) {
    if (unit.length === 1) continue;
    print(line`  ${cyan('=')} ${inShort(unit)}  ${dim('together:')}`);
    for (const { uri, nodes } of (plan.calls ?? []).filter((call) => call.unit === index)) {
      print(dim(line`      ${uri} for ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`));
    }
  }
  for (const { source, target, reason } of plan.addedEdges) {
    print(line`  ${cyan('+')} ${source} → ${target}  ${dim(reason)}`);
  }
  for (const { node, why } of plan.irreversible ?? [])
    print(line`  ${yellow('!')} ${node} cannot be undone: ${why}`);
  for (const { node, why } of plan.undoOnly ?? [])
    print(
      line`  ${yellow('!')} ${node} comes back in a running Wwise only while the run is the last change: ${why}`,
    );
  for (const { kind, calls, except, never } of plan.rollback ?? [])
    print(
      line`  ${dim(line`rollback of ${kind}: ${[calls, except, never].filter((part) => part !== undefined).join(' ')}`)}`,
    );
  for (const warning of plan.warnings) print(line`  ${yellow('!')} ${warning}`);
  for (const { node, waapiCalls } of plan.perItem ?? [])
    print(
      dim(line`  per item of ${node} about ${waapiCalls} WAAPI calls more, fewer where items share them`),
    );
  print(dim(line`  ${plan.nodes.length} nodes, about ${plan.waapiCalls} WAAPI calls`));
}

function inShort(ids: readonly string[]): string {
  return ids.length <= 8
    ? ids.join(', ')
    : `${ids.slice(0, 6).join(', ')} ... ${ids.at(-1)} (${ids.length} nodes)`;
}

function describe({ kind, effect, body }: PlanNode): PaintedLine {
  const inside = body === undefined ? '' : `, per item: ${body.nodes.map(({ id }) => id).join(', ')}`;
  return line`${kind} ${dim(line`${effect}${inside}`)}`;
}
