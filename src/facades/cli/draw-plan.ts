import pc from 'picocolors';
import type { Plan, PlanNode } from '../../workflow/plan.ts';
import type { Print } from './print.ts';

/** Prints a plan: the nodes in order, what each waits for beyond its edges, what was wired, and the cost. */
export function drawPlan(plan: Plan, print: Print): void {
  print(`${pc.bold(plan.name ?? plan.workflowId)} ${pc.dim(`plan ${plan.planHash.slice(0, 12)}`)}`);
  const wave = new Map(plan.waves.flatMap((ids, index) => ids.map((id) => [id, index + 1] as const)));
  const idWidth = Math.max(...plan.nodes.map((node) => node.id.length));
  for (const node of plan.nodes) {
    print(
      `  ${pc.dim(`${wave.get(node.id) ?? ''}`.padStart(3))}  ${node.id.padEnd(idWidth)}  ${describe(node)}`,
    );
    for (const { input, from, auto } of node.wiring) {
      print(
        `       ${' '.repeat(idWidth)}  ${pc.dim(`${input} ← ${from}${auto ? ' (wired automatically)' : ''}`)}`,
      );
    }
  }
  for (const [index, unit] of (plan.units ?? []).entries()) {
    if (unit.length === 1) continue;
    print(`  ${pc.cyan('=')} ${inShort(unit)}  ${pc.dim('together:')}`);
    for (const { uri, nodes } of (plan.calls ?? []).filter((call) => call.unit === index)) {
      print(pc.dim(`      ${uri} for ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`));
    }
  }
  for (const { source, target, reason } of plan.addedEdges) {
    print(`  ${pc.cyan('+')} ${source} → ${target}  ${pc.dim(reason)}`);
  }
  for (const { node, why } of plan.irreversible ?? [])
    print(`  ${pc.yellow('!')} ${node} cannot be undone: ${why}`);
  for (const { node, why } of plan.undoOnly ?? [])
    print(`  ${pc.yellow('!')} ${node} can be undone only while the run is the last change: ${why}`);
  for (const warning of plan.warnings) print(`  ${pc.yellow('!')} ${warning}`);
  print(pc.dim(`  ${plan.nodes.length} nodes, about ${plan.waapiCalls} WAAPI calls`));
}

function inShort(ids: readonly string[]): string {
  return ids.length <= 8
    ? ids.join(', ')
    : `${ids.slice(0, 6).join(', ')} ... ${ids.at(-1)} (${ids.length} nodes)`;
}

function describe({ command, effect }: PlanNode): string {
  return `${command} ${pc.dim(effect)}`;
}
