import type { Bus } from '../../core/dispatch/bus.ts';
import { needsWholeProject } from '../../core/dispatch/checks/rely-on-all.ts';
import { isJsonObject } from '../../core/json.ts';
import type { Commands } from '../nodes/catalog.ts';
import { allNodes, type Plan } from './plan.ts';

/**
 * The plan with a warning for each node that a run would refuse as the project is now: one that deletes or replaces what
 * others may refer to, while files of the project cannot be read. Asks about the project only when the plan has such nodes; as it
 * was where nobody answers.
 */
export async function warnUnreadable(
  plan: Plan,
  bus: Commands & Pick<Bus, 'unreadableFiles'>,
): Promise<Plan> {
  const refused = allNodes(plan.nodes).filter(({ kind, input }) => {
    const command = bus.find(kind);
    return command !== undefined && needsWholeProject(command, isJsonObject(input) ? input : {});
  });
  if (refused.length === 0) return plan;
  const unreadable = await bus.unreadableFiles().catch(() => []);
  const [first, ...more] = unreadable;
  if (first === undefined) return plan;
  const rest = more.length === 0 ? '' : ` and ${more.length} more`;
  const what = first.filePath === null ? first.problem : `${first.filePath}: ${first.problem}`;
  const warnings = refused.map(
    ({ id, kind }) =>
      `Node "${id}": ${kind} will be refused (PROJECT_UNREADABLE_FILES) until these files can be read${ofItself(kind, bus)}: ${what}${rest}.`,
  );
  return { ...plan, warnings: [...plan.warnings, ...warnings] };
}

/** Of a command that takes an input to do it all the same. */
function ofItself(kind: string, bus: Commands): string {
  return bus.find(kind)?.toleratesUnreadable !== undefined ? ', or its input says ignoreUnreadable' : '';
}
