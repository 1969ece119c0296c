import type { Json } from '../../core/json.ts';
import type { PlanNode } from '../compiler/plan.ts';
import type { NodeKind } from '../nodes/node-kind.ts';
import { sayValue } from './say-value.ts';

/** What a node of a plan does, when, and what becomes of it when it fails, in one paragraph of plain sentences. */
export function sayNode(node: PlanNode, kind: NodeKind | undefined): string {
  const what = kind?.title ?? node.kind;
  const given = Object.entries(node.input).flatMap(([name, value]) =>
    bodyMembers.has(name) && node.body !== undefined ? [] : [`${name}: ${sayValue(value ?? null)}`],
  );
  const values = given.length === 0 ? '.' : `: ${given.join('; ')}.`;
  return [`${node.id}: ${what}${values}`, ...whenOf(node), ...howOften(node), ...onFailure(node)].join(' ');
}

/** What is inside of a node is said in steps of its own. */
const bodyMembers: ReadonlySet<string> = new Set(['nodes', 'edges', 'output']);

function whenOf({ when, routes = [], catches = [] }: PlanNode): readonly string[] {
  const said = new Map<string, string[]>();
  for (const { source, port } of routes) said.set(source, [...(said.get(source) ?? []), port]);
  return [
    ...[...said].map(([source, ports]) => `Only where ${source} takes the way ${ports.join(' or ')}.`),
    ...(catches.length === 0 ? [] : [`Only when ${catches.join(' or ')} fails.`]),
    ...(when === undefined ? [] : [`Only when ${sayCondition(when)} holds.`]),
  ];
}

function sayCondition(when: Json): string {
  const text = sayValue(when);
  return text.replace(/^the value of /, '');
}

function howOften({ retry, timeoutMs, mock, cost }: PlanNode): readonly string[] {
  return [
    ...(retry === undefined ? [] : [`Tried again up to ${times(retry.maxRetries)} where that may help.`]),
    ...(timeoutMs === undefined ? [] : [`Given up after ${timeoutMs / 1000} s.`]),
    ...(cost === undefined ? [] : [`Costs ${cost.perCall} ${cost.currency} a call.`]),
    ...(mock === undefined ? [] : ['In a demo it gives an answer prepared in the workflow.']),
  ];
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function onFailure({ onError }: PlanNode): readonly string[] {
  if (onError === 'continue') return ['If it fails, the run goes on.'];
  return onError === 'route' ? ['If it fails, the run goes the way for that.'] : [];
}
