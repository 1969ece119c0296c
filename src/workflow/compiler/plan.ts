import { hashJson } from '../../core/canonical-json.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Normalisation } from '../document/normalise/normalise-document.ts';
import type { NodeCost, Policies, RetryPolicy, WorkflowInput } from '../document/workflow.ts';
import type { NodeEffect } from '../nodes/node-kind.ts';
import type { NodeContract } from '../schemas/node-contract.ts';
import type { PlannedCall, Wiring } from './phases/draft.ts';

/** Of what a plan looks like. Raise it when an older one can no longer be read as it is, and teach read-plan.ts the step. */
export const PLAN_VERSION = 4;

/** A compiled workflow: frozen, serialisable, complete. Everything a run needs and everything a reader wants to check. */
export type Plan = {
  /** Which version of the compiler's format it is in. */
  readonly planVersion: number;
  /** SHA-256 of the rest of the plan but `rollback`: the same plan always has the same hash. */
  readonly planHash: string;
  readonly workflowId: string;
  readonly name?: string;
  readonly version?: string;
  /** What a run does when a node fails; left out: stop. */
  readonly onError?: 'continue' | 'rollback';
  /** Time a run may take, in milliseconds. */
  readonly timeoutMs?: number;
  /** Nodes that may be under way at once. */
  readonly concurrency?: number;
  /** Nodes that may begin in a second. */
  readonly maxPerSecond?: number;
  /** What a run may not do; left out: nothing is said. */
  readonly policies?: Policies;
  /** The inputs a run takes. */
  readonly inputs: Readonly<Record<string, WorkflowInput>>;
  /** What expressions read as `vars` and `globals`; left out where the workflow has none. */
  readonly vars?: JsonObject;
  readonly globals?: JsonObject;
  /** Node ids in the order of execution. */
  readonly order: readonly string[];
  /** Node ids by wave: nothing in a wave waits for anything in the same wave. */
  readonly waves: readonly (readonly string[])[];
  /** In the order of execution. */
  readonly nodes: readonly PlanNode[];
  /** Node ids that are executed together in as few calls of the back-end as possible, in the order of execution; left out: each alone. */
  readonly units?: readonly (readonly string[])[];
  /** The calls the units of several nodes take, in order; a unit of one is left to its command. */
  readonly calls?: readonly PlannedCall[];
  /** Orderings that no edge draws. */
  readonly addedEdges: readonly AddedEdge[];
  /** Calls of the back-end a run takes when no node is a memo hit, as the units and commands declare them; a hit takes at most one. */
  readonly waapiCalls: number;
  /** Calls that the items of loops take beside, each; left out when there is no loop. */
  readonly perItem?: readonly { readonly node: string; readonly waapiCalls: number }[];
  readonly warnings: readonly string[];
  /** What was read in another way than it is written, by node and rule; left out when nothing was. */
  readonly normalised?: readonly Normalisation[];
  /** Nodes whose effect no rollback can roll back; left out when there is none. */
  readonly irreversible?: readonly Irreversible[];
  /** Nodes that only an undo rolls back where the back-end cannot revert calls; left out when there is none. */
  readonly undoOnly?: readonly Irreversible[];
  /** By kind of node, how a rollback takes its nodes back once others have changed the project; left out when nothing changes it. */
  readonly rollback?: readonly HowRolledBack[];
};

/** `calls`: what is done; `except`: what cannot be; `never`: why nothing is. Each a sentence. */
export type HowRolledBack = {
  readonly kind: string;
  readonly calls?: string;
  readonly except?: string;
  readonly never?: string;
};

export type Irreversible = { readonly node: string; readonly why: string };

export type PlanNode = {
  readonly id: string;
  /** The type as the author wrote it. */
  readonly type: string;
  /** The type of its kind, whatever alias the author used. */
  readonly kind: string;
  readonly effect: NodeEffect;
  /** The input as it will be dispatched, references still in place. */
  readonly input: JsonObject;
  /** Every input that takes its value from a reference. */
  readonly wiring: readonly Wiring[];
  /** The node whose output its expressions read as `input`; left out where that is the workflow's input, or none reads it. */
  readonly inputFrom?: string;
  /** Nodes it needs, by edge or reference: when one of them fails or is skipped, so is this one. */
  readonly after: readonly string[];
  /** Nodes it merely waits for, because of their effects; left out when there is none. */
  readonly fences?: readonly string[];
  /** Nodes whose failure it is there for; left out when there is none. */
  readonly catches?: readonly string[];
  /** What becomes of the run when it fails; left out: as the plan's onError says. */
  readonly onError?: 'continue' | 'route';
  /** The condition without which it is skipped, references still in place. */
  readonly when?: Json;
  /** The cases of branches that edges lead to it from. */
  readonly routes?: readonly Route[];
  /** Of a node on a way of a branch: those of `after` of which one must have been reached. */
  readonly joins?: readonly string[];
  /** The nodes that edges lead to it from, where it looks at what flows into it or passes it on. */
  readonly flow?: readonly string[];
  /** Of a branch: the cases that edges leave from. */
  readonly ports?: readonly string[];
  /** What is inside it, executed once per item. */
  readonly body?: PlanBody;
  readonly retry?: RetryPolicy;
  /** Time each attempt may take, in milliseconds. */
  readonly timeoutMs?: number;
  /** What flows into it and what it gives are held to this; left out: to nothing. */
  readonly contract?: NodeContract;
  /** What it gives in a demo. */
  readonly mock?: JsonObject;
  readonly cost?: NodeCost;
};

/** The nodes inside of a node, as they stand for each item: `after` and the like name each other. */
export type PlanBody = {
  /** Of a sub-workflow: executed once, with inputs of its own. Left out: executed for each item of a list. */
  readonly workflow?: PlanSubworkflow;
  /** In the order of execution. */
  readonly nodes: readonly PlanNode[];
  /** Those that may share calls with their neighbours, and with their likes of other items. */
  readonly batched?: readonly string[];
  /** Those of them that share none with what comes before them. */
  readonly heads?: readonly string[];
  /** What an item gives, references still in place; left out: what the last node gave. */
  readonly output?: Json;
  /** What that reads. */
  readonly outputReads?: readonly string[];
  /** Calls of the back-end that one item takes. */
  readonly waapiCalls: number;
};

/** The workflow that a node stands for, as it was when it was compiled. */
export type PlanSubworkflow = {
  /** Left out where its nodes stand in the node's data; version also for an example. */
  readonly workflowId?: string;
  readonly version?: number;
  readonly inputs: Readonly<Record<string, WorkflowInput>>;
  readonly vars: JsonObject;
  readonly globals: JsonObject;
};

/** The case of a branch by which an edge leads from it. */
export type Route = { readonly source: string; readonly port: string };

export type AddedEdge = {
  readonly source: string;
  readonly target: string;
  /** `reference`: the target reads the source's output. `effect`: one of the two is a barrier or destroys. */
  readonly kind: 'reference' | 'effect';
  readonly reason: string;
};

/** The nodes of a plan and those inside of them, which are called `loop[].step` and `sub.step`, each before the one it is inside of. */
export function allNodes(nodes: readonly PlanNode[]): readonly PlanNode[] {
  if (nodes.every(({ body }) => body === undefined)) return nodes;
  return nodes.flatMap((node) => [
    ...allNodes(node.body?.nodes ?? []).map((inner) => ({
      ...inner,
      id: `${node.id}${node.body?.workflow === undefined ? '[]' : ''}.${inner.id}`,
    })),
    node,
  ]);
}

/** SHA-256 of all of a plan but its hash, the calls that are expected, and what only explains its nodes. */
export function hashPlan(plan: Plan): string {
  const content: Record<string, Json | undefined> = {};
  for (const key of Object.keys(plan))
    if (!['planHash', 'rollback', 'waapiCalls'].includes(key)) content[key] = Reflect.get(plan, key);
  return hashJson(content);
}

/** The value, frozen to its last member. */
export function frozen<T extends Json>(value: T): T {
  freeze(value);
  return value;
}

function freeze(value: Json): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) if (typeof member === 'object') freeze(member);
}
