import type { WwiseObject } from '../../model/model.ts';
import type { ExpressionNode, PathNode } from '../ast.ts';
import type { Scope } from './compile/scope.ts';

/** Objects among which all that fulfil a condition are. */
export interface Candidates {
  readonly objects: Iterable<WwiseObject>;
  /** All of them fulfil it: nothing is left to check. */
  readonly isExact: boolean;
}

/**
 * The objects of the whole project that can fulfil a condition, through the indexes by GUID and type: for
 * `id = "{...}"`, `type = "..."` and everything `and` and `or` make of them. Undefined when only looking at every
 * object says.
 */
export function candidatesFor(condition: ExpressionNode, scope: Scope): Candidates | undefined {
  switch (condition.kind) {
    case 'compare':
      if (condition.operator !== '=') return undefined;
      return (
        candidatesOf(condition.left, condition.right, scope) ??
        candidatesOf(condition.right, condition.left, scope)
      );
    case 'and':
      for (const term of condition.terms) {
        const found = candidatesFor(term, scope);
        if (found !== undefined) return { objects: found.objects, isExact: false };
      }
      return undefined;
    case 'or':
      return union(condition.terms, scope);
    default:
      return undefined;
  }
}

function candidatesOf(
  member: ExpressionNode,
  value: ExpressionNode,
  { model }: Scope,
): Candidates | undefined {
  if (member.kind !== 'path' || value.kind !== 'string') return undefined;
  if (isAccessor(member, 'id')) {
    const object = model.byId(value.text);
    return { objects: object === undefined ? [] : [object], isExact: true };
  }
  // A legacy type name has no object of that very type: looking it up would find those of today's name.
  if (isAccessor(member, 'type')) {
    const type = model.typeName(value.text);
    if (type?.toLowerCase() === value.text.toLowerCase())
      return { objects: model.ofType(type), isExact: true };
  }
  return undefined;
}

function union(terms: readonly ExpressionNode[], scope: Scope): Candidates | undefined {
  const objects = new Set<WwiseObject>();
  let isExact = true;
  for (const term of terms) {
    const found = candidatesFor(term, scope);
    if (found === undefined) return undefined;
    for (const object of found.objects) objects.add(object);
    isExact &&= found.isExact;
  }
  return { objects, isExact };
}

function isAccessor(path: PathNode, name: string): boolean {
  const [step, ...rest] = path.steps;
  return (
    rest.length === 0 && step?.kind === 'member' && step.form === 'bare' && step.name.toLowerCase() === name
  );
}
