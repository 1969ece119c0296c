import type { ExpressionNode, PathNode } from '../../ast.ts';
import { choices } from '../../choices.ts';
import { meaningError } from '../../query-error.ts';
import { compileComparison } from '../compare.ts';
import { isList, isObject, type Value } from '../value.ts';
import type { Compiler, Condition } from './compiler.ts';

/** Compiles a condition into one function. Nothing counts as false. */
export function compileCondition(node: ExpressionNode, compiler: Compiler): Condition {
  switch (node.kind) {
    case 'or': {
      const terms = node.terms.map((term) => compiler.condition(term));
      return (object) => {
        for (const term of terms) if (term(object)) return true;
        return false;
      };
    }
    case 'and': {
      const terms = node.terms.map((term) => compiler.condition(term));
      return (object) => {
        for (const term of terms) if (!term(object)) return false;
        return true;
      };
    }
    case 'not': {
      const term = compiler.condition(node.term);
      return (object) => !term(object);
    }
    case 'compare':
      return compileComparison(node, compiler);
    case 'path':
      return compileTruth(node, compiler);
    case 'boolean': {
      const { value } = node;
      return () => value;
    }
    case 'null':
      return () => false;
    default:
      throw notACondition(node.position, node.kind === 'number' ? String(node.value) : node.kind);
  }
}

function compileTruth(node: PathNode, compiler: Compiler): Condition {
  const path = compiler.path(node, 'query');
  if (path.kind === 'objects' || path.kind === 'values') throw listAsCondition(node.position);
  return (object) => truth(path.read(object), node.position);
}

function truth(value: Value, position: number): boolean {
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null) return false;
  if (isObject(value) && choices.objectIsCondition) return true;
  if (isList(value)) throw listAsCondition(position);
  throw notACondition(position, isObject(value) ? `${value.type} "${value.name}"` : JSON.stringify(value));
}

function listAsCondition(position: number): Error {
  return meaningError('A list is no condition: add .any()', position, 'a list', 'true or false');
}

function notACondition(position: number, found: string): Error {
  return meaningError('This is no condition: compare it with something', position, found, 'true or false');
}
