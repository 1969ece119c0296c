import type { ProjectModel, WwiseObject } from '../../../model/model.ts';
import type { TextNode } from '../../ast.ts';
import { meaningError } from '../../query-error.ts';
import type { Condition } from '../compile/compiler.ts';
import type { Scope } from '../compile/scope.ts';
import { typesOfQuery } from '../query-types.ts';
import { criterionOf } from './criteria.ts';

/**
 * The objects a Query object finds by its criteria: of its object type, at and below its start object, all criteria fulfilled
 * or any of them. Refuses, before it gives the first one, a criterion that project files do not explain or cannot answer.
 */
export function runCriteria(query: WwiseObject, spec: TextNode, scope: Scope): Iterable<WwiseObject> {
  const { model } = scope;
  const objectType = Number(model.property(query, 'ObjectType') ?? 0);
  const types = typesOfQuery(objectType);
  if (types === undefined) throw refused(query, spec, `looks for objects of kind ${objectType}, which`);
  const fulfils = criteriaCondition(query, spec, scope);
  const start = model.reference(query, 'StartObject') ?? null;
  return filtered(candidates(model, types), (object) => {
    // Criteria are parts of queries, not something to find; and some share their property names with real objects.
    if (object.type === 'SearchCriteria') return false;
    if (start !== null && !isAtOrBelow(object, start)) return false;
    return fulfils(object);
  });
}

/** All criteria of a Query fulfilled, or any of them, as it says; one without criteria takes every object. Refuses likewise. */
export function criteriaCondition(query: WwiseObject, spec: TextNode, scope: Scope): Condition {
  const conditions = query.children
    .filter(({ type }) => type === 'SearchCriteria')
    .map((criteria) => compile(criteria, query, spec, scope));
  if (conditions.length === 0) return () => true;
  return scope.model.property(query, 'LogicalOperator') === 1
    ? (object) => conditions.some((fulfilled) => fulfilled(object))
    : (object) => conditions.every((fulfilled) => fulfilled(object));
}

function compile(criteria: WwiseObject, query: WwiseObject, spec: TextNode, scope: Scope): Condition {
  const make = criterionOf(scope.model.searchOperation(criteria) ?? '', criteria.name);
  const condition = make?.(criteria, scope);
  if (condition === undefined) throw refused(query, spec, `has the criterion "${criteria.name}", which`);
  return condition;
}

function* candidates(model: ProjectModel, types: readonly string[] | null): Generator<WwiseObject> {
  if (types === null) yield* model.all();
  else for (const type of types) yield* model.ofType(model.typeName(type) ?? type);
}

function* filtered(objects: Iterable<WwiseObject>, condition: Condition): Generator<WwiseObject> {
  for (const object of objects) if (condition(object)) yield object;
}

function isAtOrBelow(object: WwiseObject, start: WwiseObject): boolean {
  for (let at: WwiseObject | null = object; at !== null; at = at.parent ?? at.owner)
    if (at === start) return true;
  return false;
}

function refused(query: WwiseObject, spec: TextNode, what: string): Error {
  return meaningError(
    `The Query "${query.name}" ${what} cannot be evaluated over project files`,
    spec.position,
    spec.text,
    'a Query object that holds WAQL or criteria about what the project files say',
  );
}
