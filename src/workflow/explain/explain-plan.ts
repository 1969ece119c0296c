import { allNodes, type Plan, type PlanNode } from '../compiler/plan.ts';
import type { WorkflowInput } from '../document/workflow.ts';
import type { NodeKinds } from '../nodes/catalog.ts';
import type { NodeEffect, NodeKind } from '../nodes/node-kind.ts';
import { sayNode } from './say-node.ts';
import { sayValue } from './say-value.ts';

/** A workflow in plain sentences. */
export interface Explanation {
  /** What it is as a whole: what it changes, asks and needs, and what becomes of a failure. */
  readonly about: readonly string[];
  /** What a run has to be given, a sentence each. */
  readonly inputs: readonly string[];
  /** In the order of execution, numbered; what is inside of step 3 is 3.1, 3.2... */
  readonly steps: readonly string[];
}

/** Says what a compiled workflow does. Reads the plan alone: the same plan is always said in the same words. */
export function explainPlan(plan: Plan, kinds: NodeKinds): Explanation {
  return {
    about: aboutOf(plan, kinds),
    inputs: Object.entries(plan.inputs).map(([name, input]) => sayInput(name, input)),
    steps: stepsOf(plan.nodes, kinds, ''),
  };
}

function aboutOf(plan: Plan, kinds: NodeKinds): readonly string[] {
  const nodes = allNodes(plan.nodes);
  const which = (holds: (kind: NodeKind) => boolean): string[] =>
    nodes.flatMap((node) => {
      const kind = kinds.find(node.kind);
      return kind !== undefined && holds(kind) ? [node.id] : [];
    });
  return [
    `${plan.name ?? plan.workflowId}: ${count(nodes.length, 'step')}, about ${count(plan.waapiCalls, 'call')}${plan.perItem === undefined ? '' : ' beside those of each item'}.`,
    ...effectsOf(nodes),
    ...named(
      'Asks a person',
      which(({ asks }) => asks === true),
    ),
    ...named(
      'Reaches beyond the project',
      which(({ reachesOutside }) => reachesOutside === true),
    ),
    ...(plan.irreversible ?? []).map(({ node, why }) => `${node} cannot be rolled back. ${why}`),
    failureOf(plan),
    ...(plan.timeoutMs === undefined ? [] : [`A run ends after ${plan.timeoutMs / 1000} s at the latest.`]),
    ...plan.warnings.map((warning) => `Warning: ${warning}`),
  ];
}

function effectsOf(nodes: readonly PlanNode[]): readonly string[] {
  const said = (effect: NodeEffect, sentence: string): string[] =>
    named(
      sentence,
      // What holds steps does what they do.
      nodes.filter((node) => node.effect === effect && node.body === undefined).map(({ id }) => id),
    );
  const changes = [
    ...said('create', 'Makes something new'),
    ...said('update', 'Changes what is there'),
    ...said('destroy', 'Deletes or overwrites'),
    ...said('barrier', 'Waits for all earlier changes'),
  ];
  return changes.length === 0 ? ['Changes nothing in the project.'] : changes;
}

function failureOf({ onError }: Plan): string {
  if (onError === 'rollback') return 'When a step fails, everything is rolled back.';
  if (onError === 'continue') return 'When a step fails, the steps that do not need it go on.';
  return 'When a step fails, no further one begins; what was done stays and can be resumed or rolled back.';
}

function sayInput(name: string, { type, description, default: value }: WorkflowInput): string {
  const must = value === undefined ? 'must be given' : `${sayValue(value)} when it is left out`;
  return `${name}${type === undefined ? '' : ` (${type})`}: ${description ?? 'no description'}; ${must}.`;
}

function stepsOf(nodes: readonly PlanNode[], kinds: NodeKinds, before: string): readonly string[] {
  return nodes.flatMap((node, index) => {
    const number = `${before}${index + 1}`;
    const inside = node.body === undefined ? [] : stepsOf(node.body.nodes, kinds, `${number}.`);
    return [`${number}. ${sayNode(node, kinds.find(node.kind))}${introOf(node)}`, ...inside];
  });
}

function introOf({ body }: PlanNode): string {
  if (body === undefined) return '';
  const { workflow, nodes } = body;
  const steps = count(nodes.length, 'step');
  if (workflow === undefined) return ` For each item the ${steps} below.`;
  return ` Once, the ${steps} below${workflow.workflowId === undefined ? '' : ` of the workflow ${workflow.workflowId}`}.`;
}

function named(sentence: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const more = ids.length - shownIds;
  return [`${sentence}: ${ids.slice(0, shownIds).join(', ')}${more > 0 ? `, and ${more} more` : ''}.`];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

const shownIds = 20;
