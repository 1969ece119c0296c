import { readDocument } from '../document/document.ts';
import type { Commands } from '../nodes/catalog.ts';
import { checkInputs } from './phases/check-inputs.ts';
import { connectEdges } from './phases/connect-edges.ts';
import { startDraft } from './phases/draft.ts';
import { findReferences } from './phases/find-references.ts';
import { fuseNodes } from './phases/fuse-nodes.ts';
import { makePlan } from './phases/make-plan.ts';
import { orderEffects } from './phases/order-effects.ts';
import { orderNodes } from './phases/order-nodes.ts';
import { resolveTypes } from './phases/resolve-types.ts';
import { wireInputs } from './phases/wire-inputs.ts';
import type { Plan } from './plan.ts';
import { type Problem, workflowError } from './problem.ts';
import { checkErrorRoutes } from './rules/error-routes.ts';
import { checkKindLaws } from './rules/kind-laws.ts';

/**
 * Compiles React Flow JSON (or its text) into a frozen plan. Touches nothing but the document and the commands' schemas.
 * Throws WORKFLOW_INVALID, or CYCLE, MISSING_INPUT, AMBIGUOUS_INPUT, UNRESOLVED_REFERENCE, UNKNOWN_COMMAND when that is all
 * that is wrong; `details.problems` lists every problem with its JSON pointer.
 */
export function compileWorkflow(document: unknown, commands: Commands): Plan {
  const problems: Problem[] = [];
  const workflow = readDocument(document, (problem) => problems.push(problem));
  if (workflow === undefined) throw workflowError(problems);
  const draft = startDraft(workflow, commands, problems);

  // A phase goes on where an earlier one found problems, so that all of them are known at once.
  resolveTypes(draft);
  findReferences(draft);
  connectEdges(draft);
  checkErrorRoutes(draft);
  orderNodes(draft);
  wireInputs(draft);
  checkInputs(draft);
  checkKindLaws(draft);

  if (problems.length > 0) throw workflowError(problems);
  orderEffects(draft);
  fuseNodes(draft);
  return makePlan(draft);
}
