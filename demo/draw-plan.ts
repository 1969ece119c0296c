import pc from 'picocolors';
import { items, members } from './agent.ts';
import { clip, line, note, width, wrap } from './screen.ts';
import type { DemoWorkflow } from './workflow.ts';

const boxWidth = 21;
const gap = '     ';

/** Draws the plan: a column per wave, then what was wired, then the edges the compiler added. */
export function drawPlan(workflow: DemoWorkflow, plan: Readonly<Record<string, unknown>>): void {
  const waves = items(plan.waves).map((wave) => items(wave).map(String));
  const types = new Map(workflow.nodes.map((node) => [node.id, node.type]));
  drawBoxes(waves, types);
  line();
  for (const node of items(plan.nodes).map(members)) {
    for (const wiring of items(node.wiring).map(members)) {
      if (wiring.auto !== true) continue;
      line(
        `  ${pc.green('⚡')} ${node.id}.${wiring.input} ${pc.dim('←')} ${String(wiring.from)}  ${pc.dim('wired automatically')}`,
      );
    }
  }
  for (const edge of items(plan.addedEdges).map(members)) {
    line(`  ${pc.yellow('+')} ${String(edge.source)} ${pc.dim('→')} ${String(edge.target)}`);
    for (const text of wrap(String(edge.reason ?? ''), width - 6)) line(`    ${pc.dim(text)}`);
  }
  const order = items(plan.order).join(' → ');
  note(
    `Order ${order}; about ${String(plan.waapiCalls)} WAAPI calls; plan ${String(plan.planHash).slice(0, 12)}.`,
  );
}

function drawBoxes(waves: readonly (readonly string[])[], types: ReadonlyMap<string, string>): void {
  const rows = Math.max(...waves.map((wave) => wave.length));
  const heading = waves.map((_, index) => pc.dim(`wave ${index + 1}`.padEnd(boxWidth))).join(gap);
  line(`  ${heading}`);
  for (let row = 0; row < rows; row++) {
    for (let part = 0; part < 4; part++) {
      const cells = waves.map((wave, column) => {
        const id = wave[row];
        const arrow = part === 1 && column > 0 && id !== undefined ? pc.cyan('  ──▶') : gap;
        const box = id === undefined ? ' '.repeat(boxWidth) : boxPart(id, types.get(id) ?? '', part);
        return (column === 0 ? '' : arrow) + box;
      });
      line(`  ${cells.join('')}`.trimEnd());
    }
  }
}

function boxPart(id: string, type: string, part: number): string {
  const inner = boxWidth - 4;
  if (part === 0) return pc.cyan(`╭${'─'.repeat(boxWidth - 2)}╮`);
  if (part === 3) return pc.cyan(`╰${'─'.repeat(boxWidth - 2)}╯`);
  const text = part === 1 ? pc.bold(clip(id, inner).padEnd(inner)) : pc.dim(clip(type, inner).padEnd(inner));
  return `${pc.cyan('│')} ${text} ${pc.cyan('│')}`;
}
