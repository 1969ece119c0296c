import { WwiseFlowError } from '../../core/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { didYouMean, nearest } from '../../core/text/nearest.ts';
import { allNodes, type Plan, type PlanNode } from '../compiler/plan.ts';
import { hasType } from '../document/inputs.ts';
import { allReadsOf } from './values/node-input.ts';
import { showValue, typeInWords } from './values/show-value.ts';

/**
 * The values of a workflow's inputs for one run: what was handed in, else the defaults.
 * Throws INVALID_INPUT for an undeclared input or a wrong type, MISSING_INPUT for one without value.
 */
export function runInputs(plan: Plan, given: Json | undefined): JsonObject {
  return inputsFrom(plan.inputs, given, (name) => isRead(plan, name));
}

/** The same for a workflow that declares these inputs. `isNeeded`: whether one without value is missed. */
export function inputsFrom(
  inputs: Plan['inputs'],
  given: Json | undefined,
  isNeeded: (name: string) => boolean,
): JsonObject {
  const declared = Object.entries(inputs);
  const names = declared.map(([name]) => name);
  if (given !== undefined && !isJsonObject(given)) {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `The input of a run must be an object, not ${typeInWords(given)}.`,
      {
        hint:
          names.length === 0
            ? 'Leave it out: this workflow declares no inputs.'
            : `Give values for: ${names.join(', ')}.`,
      },
    );
  }
  const values = given ?? {};
  for (const name of Object.keys(values)) {
    if (names.includes(name)) continue;
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `The workflow has no input "${name}".${didYouMean(name, names)}`,
      {
        hint:
          names.length === 0
            ? 'Leave the input out: this workflow declares none.'
            : `Its inputs are: ${names.join(', ')}.`,
        details: { input: name, candidates: nearest(name, names) },
      },
    );
  }
  return Object.fromEntries(
    declared.flatMap(([name, { type, default: preset, description }]) => {
      const value = values[name] ?? preset;
      if (value === undefined) {
        if (!isNeeded(name)) return [];
        throw new WwiseFlowError('MISSING_INPUT', `The workflow input "${name}" has no value.`, {
          hint: `Run again with input: { "${name}": ... }${description === undefined ? '' : ` (${description})`}.`,
          details: { input: name },
        });
      }
      if (type !== undefined && !hasType(value, type)) {
        throw new WwiseFlowError(
          'INVALID_INPUT',
          `The workflow input "${name}" cannot be ${showValue(value)}.`,
          {
            hint: `Give a value of type ${type}.`,
            details: { input: name, expected: type },
          },
        );
      }
      return [[name, value]];
    }),
  );
}

/** Which nodes are done again even though the memo has them. Throws INVALID_INPUT for a node the plan does not have. */
export function forcedNodes(
  plan: Plan,
  forceRerun: boolean | readonly string[] | undefined,
): (node: string) => boolean {
  if (forceRerun === undefined || typeof forceRerun === 'boolean') return () => forceRerun === true;
  const nodes = new Set(plan.order);
  for (const node of forceRerun) {
    if (nodes.has(node)) continue;
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `forceRerun names the node "${node}", which the workflow does not have.${didYouMean(node, nodes)}`,
      {
        hint: 'Name nodes of the workflow, or true for all of them.',
        details: { node, candidates: nearest(node, nodes) },
      },
    );
  }
  const forced = new Set(forceRerun);
  return (node) => forced.has(node);
}

function isRead(plan: Plan, input: string): boolean {
  return allNodes(plan.nodes.map(withoutSubworkflow)).some((node) =>
    allReadsOf(node).some(({ inputs }) => inputs.some(({ name, isNeeded }) => name === input && isNeeded)),
  );
}

/** Sub-workflows read inputs of their own. */
function withoutSubworkflow(node: PlanNode): PlanNode {
  const { body, ...bare } = node;
  if (body === undefined) return node;
  if (body.workflow !== undefined) return bare;
  return { ...bare, body: { ...body, nodes: body.nodes.map(withoutSubworkflow) } };
}
