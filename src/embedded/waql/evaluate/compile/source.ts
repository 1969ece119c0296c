import type { WwiseObject } from '../../../model/model.ts';
import type { SourceNode, TextNode } from '../../ast.ts';
import { choices } from '../../choices.ts';
import { meaningError, unknownWord } from '../../query-error.ts';
import { criteriaCondition, runCriteria } from '../criteria/criteria-query.ts';
import { type Flow, marked } from '../flow.ts';
import { toolbarSearch } from '../word-search.ts';
import type { Condition } from './compiler.ts';
import { resolveSpec } from './object-spec.ts';
import type { Scope } from './scope.ts';

/** Runs the WAQL text of a Query object, one level deeper. */
export type RunStored = (waql: string) => Flow;

/** The objects a query starts from. Throws for a missing object or an unknown type before it gives the first one. */
export function evaluateSource(source: SourceNode, scope: Scope, runStored: RunStored): Flow {
  const { model } = scope;
  switch (source.kind) {
    case 'objects':
      return source.specs.map((spec) => resolveSpec(model, spec));
    case 'types':
      return ofTypes(source.types, scope);
    case 'search':
      return found(source.text.text, scope);
    case 'query':
      return storedQuery(source.spec, scope, runStored);
    case 'project':
      return model.all();
  }
}

/** Types are checked before the first object is given, so an unknown one fails even when nothing is taken. */
function ofTypes(types: readonly TextNode[], { model }: Scope): Iterable<WwiseObject> {
  const names = types.flatMap(({ text, position }) => {
    const name = model.typeName(text);
    if (name !== undefined) return [name];
    if (choices.typesWithoutObjects.some((known) => known.toLowerCase() === text.toLowerCase())) return [];
    const known = model.allFacts().filter((facts) => facts.kind === 'object');
    throw unknownWord(
      'object type',
      text,
      position,
      known.map((facts) => facts.name),
    );
  });
  return concatenated([...new Set(names)].map((name) => model.ofType(name)));
}

function* concatenated(parts: readonly Iterable<WwiseObject>[]): Generator<WwiseObject> {
  for (const part of parts) yield* part;
}

function* found(text: string, { model }: Scope): Generator<WwiseObject | null> {
  const matches = toolbarSearch(text);
  for (const object of marked(model.all())) {
    if (object === null || matches(object)) yield object;
  }
}

/** ObjectType 10 marks a Query object that holds WAQL; the others hold criteria of the Query Editor, if any. */
const waqlObjectType = 10;

function storedQuery(spec: TextNode, scope: Scope, runStored: RunStored): Flow {
  const { model, queryDepth } = scope;
  const query = resolveSpec(model, spec);
  if (query.type !== 'Query') {
    throw meaningError(
      'This is no Query object',
      spec.position,
      `${query.type} "${query.name}"`,
      'a Query object',
    );
  }
  const text = model.property(query, 'WAQL');
  const isWaql = typeof text === 'string' && text !== '';
  const holdsWaql = model.property(query, 'ObjectType') === waqlObjectType;
  if (!holdsWaql && (query.children.length > 0 || !isWaql)) return runCriteria(query, spec, scope);
  if (!isWaql) {
    throw meaningError(
      `The Query "${query.name}" is a WAQL query without a text`,
      spec.position,
      spec.text,
      'a Query object that holds WAQL',
    );
  }
  if (queryDepth >= choices.deepestQueryNesting) {
    throw meaningError(
      `The Query "${query.name}" runs itself`,
      spec.position,
      spec.text,
      'a Query object that ends',
    );
  }
  return kept(runStored(text), criteriaCondition(query, spec, scope));
}

/** Criteria beside the WAQL of a Query narrow down what it finds. */
function* kept(flow: Flow, fulfils: Condition): Generator<WwiseObject | null> {
  for (const object of flow) if (object === null || fulfils(object)) yield object;
}
