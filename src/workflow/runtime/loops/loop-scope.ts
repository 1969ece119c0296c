import { asJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { PlanNode, PlanSubworkflow } from '../../compiler/plan.ts';
import type { Values } from '../../expressions/resolve.ts';

/** Where the nodes of one item of a loop, or of a sub-workflow, find what they name. */
export interface LoopScope {
  /** The id of the loop in the run, and the one by which its nodes read it. */
  readonly loop: string;
  readonly name: string;
  /** Undefined for a sub-workflow: it is executed once, and its nodes see nothing around it. */
  readonly index: number | undefined;
  /** Of a sub-workflow: its inputs. Undefined where the items are not at hand: then nothing is resolved. */
  readonly item: Json | undefined;
  /** Of a loop inside of another one: where the nodes around it are. */
  readonly around: LoopScope | undefined;
  readonly workflow: PlanSubworkflow | undefined;
  /** The ids of the loop's nodes, as they stand in its body. */
  readonly names: ReadonlySet<string>;
  /** Whether an item may fail without the run. */
  readonly toleratesFailures: boolean;
}

const scopes = new WeakMap<PlanNode, LoopScope>();

/** Makes a node one of an item. */
export function putInScope(node: PlanNode, scope: LoopScope): void {
  scopes.set(node, scope);
}

/** The item that a node belongs to; undefined for a node of the plan itself. */
export function loopScopeOf(node: PlanNode): LoopScope | undefined {
  return scopes.get(node);
}

/** `loop[3].step`, `sub.step`: how a node of an item is called in the run. */
export function idInLoop({ loop, index }: Pick<LoopScope, 'loop' | 'index'>, name: string): string {
  return index === undefined ? `${loop}.${name}` : `${loop}[${index}].${name}`;
}

/** The id in the run of what a node of an item names; undefined for the loop itself, which gives the item. */
export function idInRun(scope: LoopScope | undefined, name: string): string | undefined {
  for (let at = scope; at !== undefined; at = at.around) {
    if (at.names.has(name)) return idInLoop(at, name);
    if (at.name === name || at.index === undefined) return undefined;
  }
  return name;
}

/** Values as the nodes of an item see them. */
export function valuesOfItem(scope: LoopScope, values: Values): Values {
  return {
    ...values,
    ...insideOf(scope, values),
    output: (name) => {
      const id = idInRun(scope, name);
      return id === undefined ? itemOf(scope, name) : values.output(id);
    },
    error: (name) => {
      const id = idInRun(scope, name);
      return id === undefined ? undefined : values.error?.(id);
    },
  };
}

/** The item, and of the nearest sub-workflow around its inputs and values. */
function insideOf(scope: LoopScope, { inputs, around }: Values): Pick<Values, 'inputs' | 'around'> {
  let sub: LoopScope | undefined = scope;
  while (sub !== undefined && sub.workflow === undefined) sub = sub.around;
  const { index, item = null } = scope;
  const own = {
    ...around,
    ...(sub?.workflow === undefined ? {} : { vars: sub.workflow.vars, globals: sub.workflow.globals }),
    ...(index === undefined ? {} : { item, index }),
  };
  return { inputs: sub === undefined ? inputs : asJsonObject(sub.item ?? {}), around: own };
}

function itemOf(scope: LoopScope, name: string): JsonObject | undefined {
  for (let at: LoopScope | undefined = scope; at?.index !== undefined; at = at.around)
    if (at.name === name) return { item: at.item ?? null, index: at.index };
  return undefined;
}
