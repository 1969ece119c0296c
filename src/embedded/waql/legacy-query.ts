import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../core/json.ts';
import { type LinearPattern, linearPattern } from '../../core/text/linear-pattern.ts';
import type { ProjectModel, WwiseObject } from '../model/model.ts';
import { waapiErrors } from '../protocol/waapi-errors.ts';
import { accessors } from './accessors/catalog.ts';
import { topFolder } from './accessors/hierarchy.ts';
import { choices } from './choices.ts';
import { findBySpec } from './evaluate/compile/object-spec.ts';
import { createScope, type Scope } from './evaluate/compile/scope.ts';
import { distinct, walkOf } from './evaluate/compile/transform.ts';
import { type Flow, marked } from './evaluate/flow.ts';
import { counted } from './evaluate/query.ts';
import { isObject, itemsOf } from './evaluate/value.ts';
import { toolbarSearch } from './evaluate/word-search.ts';
import { queryFlow } from './run-query.ts';
import type { View } from './view.ts';

/**
 * The query form from before WAQL: `from` with one of id, search, name, path, ofType, query, then `transform` steps. Gives what
 * it finds with marks between, as a query in WAQL does. An object that `from` names and that does not exist throws
 * ak.wwise.query.unknown_object.
 */
export function legacyQueryFlow(
  model: ProjectModel,
  from: JsonObject,
  transform: readonly Json[],
  view: View,
): Flow {
  const scope = createScope(model, {}, 'refuse');
  let objects = startingObjects(model, from, view);
  for (const step of transform) objects = applyStep(scope, objects, step);
  return counted(objects, scope);
}

function startingObjects(model: ProjectModel, from: JsonObject, view: View): Flow {
  if (from.id !== undefined) return asJsonArray(from.id).map((id) => byId(model, id));
  if (from.path !== undefined) return texts(from.path).map((path) => named(model, path));
  if (from.name !== undefined) return texts(from.name).map((name) => named(model, name));
  if (from.ofType !== undefined) return joined(texts(from.ofType).map((type) => ofType(model, type)));
  if (from.search !== undefined) return search(model, texts(from.search));
  if (from.query !== undefined) {
    return joined(
      texts(from.query).map((id) => {
        named(model, id);
        return queryFlow(model, `from query "${id}"`, view);
      }),
    );
  }
  throw waapiErrors.invalidArguments('"from" needs one of id, search, name, path, ofType, query.', { from });
}

function* joined(flows: readonly Flow[]): Generator<WwiseObject | null> {
  for (const flow of flows) yield* flow;
}

function named(model: ProjectModel, designator: string): WwiseObject {
  const object = findBySpec(model, designator);
  if (object === undefined) throw waapiErrors.queryUnknownObject(designator);
  return object;
}

/** Numbers the documentation gives for short ids of old: not class ids. */
const numberedTypes: Readonly<Record<number, string>> = {
  10: 'Event',
  12: 'SwitchGroup',
  14: 'StateGroup',
  17: 'Effect',
  18: 'SoundBank',
  19: 'Bus',
  20: 'AuxBus',
  22: 'GameParameter',
  41: 'Trigger',
  68: 'AudioDevice',
};

function byId(model: ProjectModel, id: Json): WwiseObject {
  if (typeof id === 'string') return named(model, id);
  const { shortId, type } = asJsonObject(id);
  const typeName = numberedTypes[Number(type)];
  const object = typeName === undefined ? undefined : model.byShortId(typeName, Number(shortId));
  if (object === undefined) throw waapiErrors.queryUnknownObject(JSON.stringify(id));
  return object;
}

function ofType(model: ProjectModel, type: string): Flow {
  return /^[A-Za-z]+$/.test(type) ? queryFlow(model, `from type ${type}`) : [];
}

function search(model: ProjectModel, tokens: readonly string[]): Flow {
  return where(marked(model.all()), toolbarSearch(tokens.join(' ')));
}

function applyStep(scope: Scope, objects: Flow, step: Json): Flow {
  if (step === 'distinct') return distinct(objects);
  if (!isJsonObject(step)) return refuse(step);
  const [selection] = texts(step.select);
  if (selection !== undefined && selectable.has(selection)) return selectFrom(scope, objects, selection);
  if (step.range !== undefined) {
    const [from = 0, second = 0] = asJsonArray(step.range).map(Number);
    return range(objects, from, choices.rangeIsSkipAndTake ? from + second : second);
  }
  const [predicate, argument] = asJsonArray(step.where);
  const test = predicateOf(scope.model, asString(predicate) ?? '', argument);
  return test === undefined ? refuse(step) : where(objects, test);
}

function* where(objects: Flow, test: (object: WwiseObject) => boolean): Generator<WwiseObject | null> {
  for (const object of objects) if (object === null || test(object)) yield object;
}

/** From the first index up to, and without, the second; counted from the end where negative. */
function* range(objects: Flow, from: number, to: number): Generator<WwiseObject | null> {
  const all: WwiseObject[] = [];
  for (const object of objects) {
    if (object === null) yield null;
    else all.push(object);
  }
  yield* all.slice(from, to);
}

const selectable = new Set(['parent', 'children', 'descendants', 'ancestors', 'referencesTo']);

function* selectFrom(scope: Scope, objects: Flow, selection: string): Generator<WwiseObject | null> {
  const accessor = accessors.get(selection.toLowerCase());
  const walk = walkOf(selection, scope.model);
  const goesDown = selection === 'children' || selection === 'descendants';
  for (const object of objects) {
    if (object === null) {
      yield null;
      continue;
    }
    // Scripts that ran against Wwise found nothing below the project by a transform, though `from` gives the project itself.
    if (goesDown && object === scope.model.project) continue;
    const items = walk?.(object) ?? itemsOf(accessor?.read(object, scope)).filter(isObject);
    for (const item of marked(items)) {
      scope.budget.step(1, 1);
      yield item;
    }
  }
}

function predicateOf(
  model: ProjectModel,
  predicate: string,
  argument: Json | undefined,
): ((object: WwiseObject) => boolean) | undefined {
  const wanted = (Array.isArray(argument) ? texts(argument) : texts([argument ?? null])).map((text) =>
    text.toLowerCase(),
  );
  const [first = ''] = wanted;
  switch (predicate) {
    case 'name:contains':
      return (object) => object.name.toLowerCase().includes(first);
    case 'name:matches': {
      const pattern = patternOf(texts([argument ?? null])[0] ?? '');
      return (object) => pattern.test(object.name);
    }
    case 'type:isIn':
      return (object) => wanted.includes(object.type.toLowerCase());
    case 'category:isIn':
      return (object) => wanted.includes(topFolder(model, object)?.name.toLowerCase() ?? '');
    default:
      return undefined;
  }
}

function patternOf(text: string): LinearPattern {
  try {
    return linearPattern(text, 'i');
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw waapiErrors.invalidQuery(`The regular expression /${text}/ does not compile: ${reason}`, {
      found: text,
    });
  }
}

function texts(value: Json | undefined): readonly string[] {
  return asJsonArray(value).filter((item) => typeof item === 'string');
}

function refuse(step: Json): never {
  throw waapiErrors.invalidArguments(
    'A transform is "distinct" or one of select, range, where with its predicate.',
    {
      transform: step,
    },
  );
}
