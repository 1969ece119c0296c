import { linearPattern } from '../../../core/text/linear-pattern.ts';
import type { WwiseObject } from '../../model/model.ts';
import type { CompareNode, CompareOperator, ExpressionNode, LiteralNode } from '../ast.ts';
import { choices } from '../choices.ts';
import { meaningError } from '../query-error.ts';
import type { Compiler, Condition } from './compile/compiler.ts';
import { findBySpec, resolveSpec } from './compile/object-spec.ts';
import type { Scope } from './compile/scope.ts';
import { isList, isObject, type Value } from './value.ts';
import { wordSearch } from './word-search.ts';

/** Whether one value, read from an object, stands in the relation the operator and the other side make. */
type Test = (value: Value) => boolean;

/** Compiles a comparison. `!=` is the exact opposite of `=`, so it is true where there is nothing. */
export function compileComparison(node: CompareNode, compiler: Compiler): Condition {
  const { left, operator, right } = node;
  if (operator === '!=') {
    const equal = compileComparison({ ...node, operator: '=' }, compiler);
    return (object) => !equal(object);
  }
  if (isLiteral(right)) return compileTest(left, literalTest(operator, right, compiler.scope), compiler);
  if (isLiteral(left) && operator !== ':') {
    return compileTest(right, literalTest(flipped[operator], left, compiler.scope), compiler);
  }

  const readLeft = compileOperand(left, compiler);
  const readRight = compileOperand(right, compiler);
  return (object) => holds(operator, readLeft(object), readRight(object));
}

/** `-1 < @Volume` reads the same from the other side. */
const flipped: Readonly<Record<CompareOperator, CompareOperator>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  ':': ':',
};

function isLiteral(node: ExpressionNode): node is LiteralNode {
  return ['string', 'number', 'boolean', 'null', 'regex'].includes(node.kind);
}

function compileTest(node: ExpressionNode, test: Test, compiler: Compiler): Condition {
  const read = compileOperand(node, compiler);
  return (object) => test(read(object));
}

function compileOperand(node: ExpressionNode, compiler: Compiler): (object: WwiseObject) => Value {
  switch (node.kind) {
    case 'path': {
      const path = compiler.path(node, 'query');
      if (path.kind === 'objects' || path.kind === 'values') throw listInComparison(node.position);
      return (object) => {
        const value = path.read(object);
        if (isList(value)) throw listInComparison(node.position);
        return value;
      };
    }
    case 'string': {
      const { text } = node;
      return () => text;
    }
    case 'number':
    case 'boolean': {
      const { value } = node;
      return () => value;
    }
    case 'null':
      return () => null;
    case 'regex':
      throw meaningError(
        'A regular expression stands right of "="',
        node.position,
        `/${node.pattern}/`,
        'a value',
      );
    default: {
      const condition = compiler.condition(node);
      return (object) => condition(object);
    }
  }
}

function literalTest(operator: CompareOperator, literal: LiteralNode, scope: Scope): Test {
  switch (literal.kind) {
    case 'null':
      return operator === '=' ? (value) => value === null || value === undefined : () => false;
    case 'regex':
      return regexTest(literal.pattern, literal.position);
    case 'boolean':
      return operator === '=' ? (value) => equalsTruth(value, literal.value) : () => false;
    case 'number':
      return numberTest(operator, literal.value);
    case 'string':
      if (operator === ':') return textTest(wordSearch(literal.text));
      return operator === '=' ? stringTest(literal, scope) : () => false;
  }
}

function regexTest(pattern: string, position: number): Test {
  try {
    const regex = linearPattern(pattern, choices.regexFlags);
    return textTest((text) => regex.test(text));
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw meaningError(
      `The regular expression does not compile: ${reason}`,
      position,
      `/${pattern}/`,
      'a regular expression',
    );
  }
}

/** Tests text; an object shows its name. */
function textTest(test: (text: string) => boolean): Test {
  return (value) => {
    if (typeof value === 'string') return test(value);
    return choices.objectReadsAsName && isObject(value) && test(value.name);
  };
}

function numberTest(operator: CompareOperator, wanted: number): Test {
  switch (operator) {
    case '=':
      return (value) =>
        typeof value === 'number' ? sameNumber(value, wanted) : isTruth(value) && truthEquals(value, wanted);
    case '<':
      return (value) => typeof value === 'number' && value < wanted;
    case '<=':
      return (value) => typeof value === 'number' && value <= wanted;
    case '>':
      return (value) => typeof value === 'number' && value > wanted;
    case '>=':
      return (value) => typeof value === 'number' && value >= wanted;
    default:
      return () => false;
  }
}

/** Against an object the text is a specification; it is resolved when the first object is met, and then must resolve. */
function stringTest(literal: { text: string; position: number }, { model }: Scope): Test {
  const { text } = literal;
  const lower = text.toLowerCase();
  let target: WwiseObject | undefined;
  return (value) => {
    if (typeof value === 'string') return value === text || value.toLowerCase() === lower;
    if (!isObject(value)) return false;
    target ??= findBySpec(model, text) ?? resolveSpec(model, literal);
    return value === target;
  };
}

function holds(operator: CompareOperator, left: Value, right: Value): boolean {
  if (operator === '=') return sameValue(left, right);
  if (operator === ':') return typeof right === 'string' && textTest(wordSearch(right))(left);
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  return numberTest(operator, right)(left);
}

function sameValue(left: Value, right: Value): boolean {
  if (left === undefined || left === null) return right === undefined || right === null;
  if (typeof left === 'string' && typeof right === 'string')
    return left.toLowerCase() === right.toLowerCase();
  if (typeof left === 'number' && typeof right === 'number') return sameNumber(left, right);
  return left === right;
}

function sameNumber(left: number, right: number): boolean {
  if (left === right) return true;
  if (!choices.comparesAsFloat32 || (Number.isInteger(left) && Number.isInteger(right))) return false;
  return Math.fround(left) === Math.fround(right);
}

function isTruth(value: Value): value is boolean {
  return typeof value === 'boolean';
}

function truthEquals(value: boolean, wanted: number): boolean {
  return choices.numberEqualsTruth && value === (wanted !== 0);
}

function equalsTruth(value: Value, wanted: boolean): boolean {
  if (typeof value === 'number') return choices.numberEqualsTruth && (value !== 0) === wanted;
  return value === wanted;
}

function listInComparison(position: number): Error {
  return meaningError(
    'A list cannot be compared: use .any(...) or .count()',
    position,
    'a list',
    'a single value',
  );
}
