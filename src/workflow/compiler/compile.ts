import { atOnce } from '../../core/turns/turns.ts';
import { readWorkflow } from '../document/document.ts';
import { normaliseDocument } from '../document/normalise/normalise-document.ts';
import { type Commands, kindsOf } from '../nodes/catalog.ts';
import { compileBodies } from './phases/bodies/compile-bodies.ts';
import { standIns } from './phases/bodies/stand-ins.ts';
import { declareInputs } from './phases/declare-inputs.ts';
import { type CompiledWhere, type Draft, startDraft } from './phases/draft.ts';
import { connectEdges } from './phases/edges/connect-edges.ts';
import { findRegions } from './phases/edges/find-regions.ts';
import { routeBranches } from './phases/edges/route-branches.ts';
import { batchNodes } from './phases/order/batch-nodes.ts';
import { orderEffects } from './phases/order/order-effects.ts';
import { orderNodes } from './phases/order/order-nodes.ts';
import { makePlan } from './phases/plan/make-plan.ts';
import { readSchemas } from './phases/read-schemas.ts';
import { findReferences } from './phases/references/find-references.ts';
import { followReferences } from './phases/references/follow-references.ts';
import { readConditions } from './phases/references/read-conditions.ts';
import { resolveTypes } from './phases/resolve-types.ts';
import { compileSubworkflows } from './phases/subworkflows/compile-subworkflows.ts';
import { bindFlow } from './phases/wiring/bind-flow.ts';
import { wireInputs } from './phases/wiring/wire-inputs.ts';
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
import { checkPolicies } from './rules/policies.ts';
import { checkProfile } from './rules/profile.ts';
import { checkReadableReferences } from './rules/readable-references.ts';
import { checkReferenceTargets } from './rules/reference-target.ts';
import { checkSchemaEnds } from './rules/schema-ends.ts';
import { shapeOf } from './schema/node-shape.ts';

/**
 * Compiles React Flow JSON (or its text) into a frozen plan. Touches nothing but the document and the commands' schemas.
 * Throws WORKFLOW_INVALID, or CYCLE, MISSING_INPUT, AMBIGUOUS_INPUT, UNRESOLVED_REFERENCE, UNKNOWN_COMMAND, NOT_IN_PROFILE when that is all
 * that is wrong; `details.problems` lists every problem with its JSON pointer.
 */
export function compileWorkflow(document: unknown, commands: Commands, where: CompiledWhere = {}): Plan {
  return atOnce(compileWorkflowSteps(document, commands, where));
}

/** The same in steps: see core/turns/turns.ts. */
export function* compileWorkflowSteps(
  document: unknown,
  commands: Commands,
  where: CompiledWhere = {},
): Generator<void, Plan> {
  const problems: Problem[] = [];
  try {
    const draft = yield* checkedDraft(document, commands, problems, where);
    if (draft === undefined || problems.length > 0) throw workflowError(problems);
    orderEffects(draft);
    yield;
    batchNodes(draft);
    yield;
    return yield* makePlan(draft);
  } catch (thrown) {
    throw thrown instanceof TooManyProblems ? workflowError(problems) : thrown;
  }
}

/** Adds to the problems what is wrong. Undefined where there is nothing to go on with. */
function* checkedDraft(
  document: unknown,
  commands: Commands,
  problems: Problem[],
  where: CompiledWhere,
): Generator<void, Draft | undefined> {
  const kinds = kindsOf(commands);
  const inputsOf = (type: string) => {
    const kind = kinds.find(type);
    return kind === undefined ? undefined : [...shapeOf(kind).fields.keys()];
  };
  const { document: read, changes } = normaliseDocument(document, inputsOf);
  yield;
  const workflow = readWorkflow(read, reportInto(problems));
  if (workflow === undefined) return undefined;
  yield;
  const draft = startDraft(
    changes.length === 0 ? workflow : { ...workflow, normalised: changes },
    commands,
    problems,
    { runSteps, ...where },
  );
  yield* runSteps(draft);
  return draft;
}

function* runSteps(draft: Draft): Generator<void, void> {
  for (const step of steps) {
    const work = step(draft);
    if (work !== undefined) yield* work;
    yield;
  }
}

/**
 * Phases and rules in their order. A phase fills in its part of the draft, a rule judges what phases before it found. Each goes on
 * where an earlier one found problems, so that all of them are known at once. What takes long gives work that is done in steps.
 */
const steps: readonly (((draft: Draft) => void) | ((draft: Draft) => Generator<void, void>))[] = [
  resolveTypes,
  declareInputs,
  readSchemas,
  compileSubworkflows,
  checkProfile,
  checkPolicies,
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
  checkSchemaEnds,
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
