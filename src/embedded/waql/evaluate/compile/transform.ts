import type { ProjectModel, WwiseObject } from '../../../model/model.ts';
import { firstListsOfAllSchema } from '../../../model/structure/list-forms.ts';
import { someTypeRefers } from '../../../model/types/type-table.ts';
import type { Accessor } from '../../accessors/accessor.ts';
import { accessors } from '../../accessors/catalog.ts';
import { descendantsOf } from '../../accessors/hierarchy.ts';
import type { PathNode, TransformNode } from '../../ast.ts';
import { choices } from '../../choices.ts';
import { meaningError } from '../../query-error.ts';
import type { Budget } from '../budget.ts';
import { type Flow, marked } from '../flow.ts';
import { ordered } from '../order.ts';
import { isObject, itemsOf } from '../value.ts';
import type { Compiler, Condition } from './compiler.ts';

export type Transform = (input: Flow) => Flow;

/** Compiles one transform. All but orderby hand on objects as they come, so `take 1` looks at no more than it must. */
export function compileTransform(node: TransformNode, compiler: Compiler): Transform {
  switch (node.kind) {
    case 'where': {
      const condition = compiler.condition(node.condition);
      const { budget } = compiler.scope;
      return (input) => kept(counting(input, budget, node.condition.position), condition);
    }
    case 'select': {
      const selections = node.paths.map((path) => compileSelection(path, compiler));
      const position = node.paths[0]?.position ?? 1;
      const { budget } = compiler.scope;
      return (input) => counting(selected(input, selections), budget, position);
    }
    case 'orderby':
      return ordered(node, compiler);
    case 'skip':
      return (input) => skipped(input, node.count);
    case 'take':
      return (input) => taken(input, node.count);
    case 'distinct':
      return distinct;
  }
}

type Selection = (object: WwiseObject) => Iterable<WwiseObject>;

function compileSelection(node: PathNode, compiler: Compiler): Selection {
  const [only, ...rest] = node.steps;
  const isWholeTree = rest.length === 0 && only?.kind === 'member' && only.form === 'bare';
  const walked = isWholeTree ? walkOf(only.name, compiler.scope.model) : undefined;
  if (walked !== undefined) return walked;

  const former = isWholeTree ? formerObject(only.name, compiler.scope.model) : undefined;
  if (former !== undefined) return (object) => itemsOf(former.read(object, compiler.scope)).filter(isObject);

  const path = compiler.path(node, 'query');
  const found = only?.kind === 'member' ? only.name : 'a value';
  const isValue = path.kind === 'value' || path.kind === 'values' || path.kind === 'facts';
  if (isValue && choices.selectRefusesValues) throw notAnObject(node.position, found);
  // A name that is a reference on some types may be text on others, of which nothing is selected.
  const mayBeText = only?.kind === 'member' && someTypeRefers(only.name);
  return (object) => {
    const items = itemsOf(path.read(object));
    if (items.every(isObject)) return items;
    if (choices.selectRefusesValues && !mayBeText) throw notAnObject(node.position, found);
    return items.filter(isObject);
  };
}

function* counting(input: Flow, budget: Budget, position: number): Generator<WwiseObject | null> {
  for (const object of input) {
    if (object !== null) budget.step(1, position);
    yield object;
  }
}

function* kept(input: Flow, condition: Condition): Generator<WwiseObject | null> {
  for (const object of input) if (object === null || condition(object)) yield object;
}

function* selected(input: Flow, selections: readonly Selection[]): Generator<WwiseObject | null> {
  for (const object of input) {
    if (object === null) yield null;
    else for (const selection of selections) yield* marked(selection(object));
  }
}

function* skipped(input: Flow, count: number): Generator<WwiseObject | null> {
  let left = count;
  for (const object of input) if (object === null || left-- <= 0) yield object;
}

function* taken(input: Flow, count: number): Generator<WwiseObject | null> {
  if (count === 0) return;
  let left = count;
  for (const object of input) {
    yield object;
    if (object !== null && --left === 0) return;
  }
}

/** Each object once. */
export function* distinct(input: Flow): Generator<WwiseObject | null> {
  const seen = new Set<WwiseObject>();
  for (const object of input) {
    if (object !== null && seen.has(object)) continue;
    if (object !== null) seen.add(object);
    yield object;
  }
}

/** Those lists that can be as large as the project: walked, never copied. */
export function walkOf(name: string, model: ProjectModel): Selection | undefined {
  if (name.toLowerCase() === 'descendants') return descendantsOf;
  if (name.toLowerCase() === 'referencesto') return (object) => model.referencesTo(object);
  return undefined;
}

/** `select maxDurationSource` and `select maxRadiusAttenuation` gave the object itself until they had facts (2023.1). */
function formerObject(name: string, model: ProjectModel): Accessor | undefined {
  const takesFacts = accessors.get(name.toLowerCase())?.kind === 'facts';
  if (!takesFacts) return undefined;
  if (model.version.schema >= firstListsOfAllSchema && !choices.selectOfFactsIsObject) return undefined;
  return accessors.get(`${name}object`.toLowerCase());
}

function notAnObject(position: number, found: string): Error {
  const asObject = accessors.get(`${found}object`.toLowerCase());
  const advice = asObject === undefined ? 'ask for values in options.return' : `write ${asObject.name}`;
  return meaningError(`select takes objects; ${advice}`, position, found, 'an object or a list of objects');
}
