import type { Bus } from '../../bus/bus.ts';
import { isJsonObject } from '../../core/json.ts';
import { type Commands, kindsOf } from '../nodes/catalog.ts';
import type { Plan } from './plan.ts';

/**
 * The plan with a warning for each node that a run would refuse as the project is now: one that deletes because nobody
 * refers to it, while files of the project cannot be read. Asks about the project only when the plan has such nodes; as it
 * was where nobody answers.
 */
export async function warnUnreadable(
  plan: Plan,
  bus: Commands & Pick<Bus, 'unreadableFiles'>,
): Promise<Plan> {
  const refused = plan.nodes.filter(
    ({ kind, input }) =>
      kindsOf(bus).find(kind)?.reliesOnWholeProject === 'deletes' &&
      !(isJsonObject(input) && (input.ignoreUnreadable === true || input.preview === true)),
  );
  if (refused.length === 0) return plan;
  const unreadable = await bus.unreadableFiles().catch(() => []);
  const [first, ...more] = unreadable;
  if (first === undefined) return plan;
  const rest = more.length === 0 ? '' : ` and ${more.length} more`;
  const what = first.filePath === null ? first.problem : `${first.filePath}: ${first.problem}`;
  const warnings = refused.map(
    ({ id, kind }) =>
      `Node "${id}": ${kind} will be refused (PROJECT_UNREADABLE_FILES) until these files can be read, or its input says ignoreUnreadable: ${what}${rest}.`,
  );
  return { ...plan, warnings: [...plan.warnings, ...warnings] };
}
