import { hashJson } from '../../core/canonical-json.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { RetryPolicy, WorkflowInput } from '../document/workflow.ts';
import type { NodeEffect } from '../nodes/node-kind.ts';
import type { PlannedCall, Wiring } from './phases/draft.ts';

/** Of what a plan looks like. Raise it when an older one can no longer be read as it is, and teach read-plan.ts the step. */
export const PLAN_VERSION = 2;

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
  /** The inputs a run takes. */
  readonly inputs: Readonly<Record<string, WorkflowInput>>;
  /** Node ids in the order of execution. */
  readonly order: readonly string[];
  /** Node ids by wave: nothing in a wave waits for anything in the same wave. */
  readonly waves: readonly (readonly string[])[];
  /** In the order of execution. */
  readonly nodes: readonly PlanNode[];
  /** Node ids that are carried out together in as few WAAPI calls as possible, in the order of execution; left out: each alone. */
  readonly units?: readonly (readonly string[])[];
  /** The WAAPI calls the units of several nodes take, in order; a unit of one is left to its command. */
  readonly calls?: readonly PlannedCall[];
  /** Orderings that no edge draws. */
  readonly addedEdges: readonly AddedEdge[];
  /** WAAPI calls a run takes when no node is a memo hit, as the units and commands declare them; a hit takes at most one. */
  readonly waapiCalls: number;
  readonly warnings: readonly string[];
  /** Nodes whose effect no rollback can take back; left out when there is none. */
  readonly irreversible?: readonly Irreversible[];
  /** Nodes that only Undo in Wwise takes back: once others changed the project a rollback leaves them; left out when there is none. */
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
  /** Nodes it needs, by edge or reference: when one of them fails or is skipped, so is this one. */
  readonly after: readonly string[];
  /** Nodes it merely waits for, because of their effects; left out when there is none. */
  readonly fences?: readonly string[];
  /** Nodes whose failure it is there for; left out when there is none. */
  readonly catches?: readonly string[];
  /** What becomes of the run when it fails; left out: as the plan's onError says. */
  readonly onError?: 'continue' | 'route';
  readonly retry?: RetryPolicy;
  /** Time each attempt may take, in milliseconds. */
  readonly timeoutMs?: number;
};

export type AddedEdge = {
  readonly source: string;
  readonly target: string;
  /** `reference`: the target reads the source's output. `effect`: one of the two is a barrier or destroys. */
  readonly kind: 'reference' | 'effect';
  readonly reason: string;
};

/** SHA-256 of all of a plan but its hash and what only explains its nodes. */
export function hashPlan(plan: Plan): string {
  const content: Record<string, Json | undefined> = {};
  for (const key of Object.keys(plan))
    if (key !== 'planHash' && key !== 'rollback') content[key] = Reflect.get(plan, key);
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
