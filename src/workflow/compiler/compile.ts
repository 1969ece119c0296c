import { readWorkflow } from '../document/document.ts';
import type { Commands } from '../nodes/catalog.ts';
import { batchNodes } from './phases/batch-nodes.ts';
import { bindFlow } from './phases/bind-flow.ts';
import { compileBodies } from './phases/compile-bodies.ts';
import { compileSubworkflows } from './phases/compile-subworkflows.ts';
import { connectEdges } from './phases/connect-edges.ts';
import { type CompiledWhere, type Draft, startDraft } from './phases/draft.ts';
import { findReferences } from './phases/find-references.ts';
import { findRegions } from './phases/find-regions.ts';
import { followReferences } from './phases/follow-references.ts';
import { makePlan } from './phases/make-plan.ts';
import { orderEffects } from './phases/order-effects.ts';
import { orderNodes } from './phases/order-nodes.ts';
import { readConditions } from './phases/read-conditions.ts';
import { resolveTypes } from './phases/resolve-types.ts';
import { routeBranches } from './phases/route-branches.ts';
import { standIns } from './phases/stand-ins.ts';
import { wireInputs } from './phases/wire-inputs.ts';
import type { Plan } from './plan.ts';
import { type Problem, reportInto, TooManyProblems, workflowError } from './problem.ts';
import { checkAcyclic } from './rules/acyclic.ts';
import { checkBranchEdges } from './rules/branch-edges.ts';
import { checkEdgeEnds } from './rules/edge-ends.ts';
import { checkEdgeHandles } from './rules/edge-handles.ts';
import { checkErrorRoutes } from './rules/error-routes.ts';
import { checkFilledInputs } from './rules/filled-inputs.ts';
import { checkInputDepth } from './rules/input-depth.ts';
import { checkKindLaws } from './rules/kind-laws.ts';
import { checkNodeInputs } from './rules/node-input.ts';
import { checkNotTaken } from './rules/not-taken.ts';
import { checkProfile } from './rules/profile.ts';
import { checkReadableReferences } from './rules/readable-references.ts';
import { checkReferenceTargets } from './rules/reference-target.ts';

/**
 * Compiles React Flow JSON (or its text) into a frozen plan. Touches nothing but the document and the commands' schemas.
 * Throws WORKFLOW_INVALID, or CYCLE, MISSING_INPUT, AMBIGUOUS_INPUT, UNRESOLVED_REFERENCE, UNKNOWN_COMMAND, NOT_IN_PROFILE when that is all
 * that is wrong; `details.problems` lists every problem with its JSON pointer.
 */
export function compileWorkflow(document: unknown, commands: Commands, where: CompiledWhere = {}): Plan {
  const problems: Problem[] = [];
  try {
    const draft = checkedDraft(document, commands, problems, where);
    if (draft === undefined || problems.length > 0) throw workflowError(problems);
    orderEffects(draft);
    batchNodes(draft);
    return makePlan(draft);
  } catch (thrown) {
    throw thrown instanceof TooManyProblems ? workflowError(problems) : thrown;
  }
}

/** Adds to the problems what is wrong. Undefined where there is nothing to go on with. */
function checkedDraft(
  document: unknown,
  commands: Commands,
  problems: Problem[],
  where: CompiledWhere,
): Draft | undefined {
  const workflow = readWorkflow(document, reportInto(problems));
  if (workflow === undefined) return undefined;
  const draft = startDraft(workflow, commands, problems, { runSteps, ...where });
  runSteps(draft);
  return draft;
}

function runSteps(draft: Draft): void {
  for (const step of steps) step(draft);
}

/**
 * Phases and rules in their order. A phase fills in its part of the draft, a rule judges what phases before it found. Each goes on
 * where an earlier one found problems, so that all of them are known at once.
 */
const steps: readonly ((draft: Draft) => void)[] = [
  resolveTypes,
  compileSubworkflows,
  checkProfile,
  routeBranches,
  findReferences,
  readConditions,
  standIns,
  bindFlow,
  checkInputDepth,
  checkReadableReferences,
  checkReferenceTargets,
  compileBodies,
  followReferences,
  checkEdgeEnds,
  checkEdgeHandles,
  checkBranchEdges,
  connectEdges,
  checkErrorRoutes,
  orderNodes,
  checkAcyclic,
  wireInputs,
  findRegions,
  checkNotTaken,
  checkFilledInputs,
  checkNodeInputs,
  checkKindLaws,
];
