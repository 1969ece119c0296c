import { asJsonArray, isJsonObject, type Json } from '../../base/json.ts';
import type { Irreversible, PlanNode } from '../plan.ts';

/** The nodes whose effect outlives every undo, each with the reason. In plan order. */
export function markIrreversible(nodes: readonly PlanNode[]): Irreversible[] {
  const irreversible: Irreversible[] = [];
  for (const node of nodes) {
    const why = node.effect === 'read' ? undefined : reasonOf(node);
    if (why !== undefined) irreversible.push({ node: node.id, why });
  }
  return irreversible;
}

function reasonOf({ command, effect, input }: PlanNode): string | undefined {
  if (command === 'project_save') return 'What was saved stays on disk until the project is saved again.';
  if (effect === 'barrier') return `${command} is no step of the undo history.`;
  if (effect === 'create' && makesWorkUnit(input))
    return 'A Work Unit is a file of its own, which undo does not take away.';
  return undefined;
}

function makesWorkUnit(input: Json): boolean {
  if (!isJsonObject(input)) return false;
  const { type, children } = input;
  if (typeof type === 'string' && type.toLowerCase() === 'workunit') return true;
  return asJsonArray(children).some(makesWorkUnit);
}
