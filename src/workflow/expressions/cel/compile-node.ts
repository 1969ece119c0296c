import type { Json } from '../../../core/json.ts';
import { compileAccess, compileIndex } from './access.ts';
import { compileCall, compileMethod } from './calls.ts';
import type { Compilation, Compiled, JsonTypeName } from './compilation.ts';
import { evaluationError, spend, typeName } from './evaluation.ts';
import { ExpressionFault } from './fault.ts';
import { compileAnd, compileOr } from './logic.ts';
import { compileBinary, compileMinus, compileNot } from './operators.ts';
import type { CelNode } from './parse-cel.ts';
import { compileName } from './roots.ts';

/** Compiles a part of an expression and what is in it. Throws ExpressionFault. */
export function compileNode(node: CelNode, compilation: Compilation): Compiled {
  switch (node.op) {
    case 'value':
      return literal(node.args, node.start);
    case 'id':
      return compileName(node, node.args, compilation);
    case '.':
      return compileAccess(node, compilation);
    case '[]':
      return compileIndex(node, compilation);
    case 'call':
      return compileCall(node, compilation);
    case 'rcall':
      return compileMethod(node, compilation);
    case 'list':
      return compileList(node.args, node.start, compilation);
    case 'map':
      return compileMap(node.args, node.start, compilation);
    case '?:':
      return compileChoice(node.args, compilation);
    case '||':
      return compileOr(node.args, compilation);
    case '&&':
      return compileAnd(node.args, compilation);
    case '!_':
      return compileNot(node.args, node.start, compilation);
    case '-_':
      return compileMinus(node.args, node.start, compilation);
    case '.?':
    case '[?]':
      throw new ExpressionFault({
        code: 'WORKFLOW_INVALID',
        message: 'There is no optional access: a member that is missing reads as null.',
        offset: node.start,
      });
    default:
      return compileBinary(node.op, node.args, node.start, compilation);
  }
}

/** Numbers are those of JSON, whatever CEL calls them. */
function literal(value: unknown, offset: number): Compiled {
  if (value === null) return { run: () => null, types: ['null'] };
  if (typeof value === 'string') return { run: () => value, types: ['string'] };
  if (typeof value === 'boolean') return { run: () => value, types: ['boolean'] };
  if (value instanceof Uint8Array)
    throw new ExpressionFault({
      code: 'WORKFLOW_INVALID',
      message: 'There are no bytes: JSON has none.',
      offset,
      expected: 'a text in quotes without the b',
    });
  const number = Number(value);
  return { run: () => number, types: ['number'] };
}

function compileList(items: readonly CelNode[], offset: number, compilation: Compilation): Compiled {
  const compiled = items.map((item) => compilation.compile(item, compilation));
  return {
    types: ['array'],
    run: (evaluation) => {
      spend(evaluation, 1 + compiled.length, offset);
      return compiled.map(({ run }) => run(evaluation));
    },
  };
}

function compileMap(
  entries: readonly (readonly [CelNode, CelNode])[],
  offset: number,
  compilation: Compilation,
): Compiled {
  const compiled = entries.map(([key, value]) => ({
    key: compilation.compile(key, compilation),
    value: compilation.compile(value, compilation),
    offset: key.start,
  }));
  return {
    types: ['object'],
    run: (evaluation) => {
      spend(evaluation, 1 + compiled.length, offset);
      const members = compiled.map(({ key, value, offset: at }): [string, Json] => {
        const name = key.run(evaluation);
        if (typeof name === 'string') return [name, value.run(evaluation)];
        const message = `the key of a member is ${typeName(name)}, not a text.`;
        throw evaluationError(evaluation, at, message, 'Write keys in quotes, or with toText(...).');
      });
      // Unlike an assignment, this takes `__proto__` for a name as any other.
      return Object.fromEntries(members);
    },
  };
}

function compileChoice(
  [condition, yes, no]: readonly [CelNode, CelNode, CelNode],
  compilation: Compilation,
): Compiled {
  const test = compilation.compile(condition, compilation);
  const one = compilation.compile(yes, compilation);
  const other = compilation.compile(no, compilation);
  const types: readonly JsonTypeName[] | undefined =
    one.types === undefined || other.types === undefined
      ? undefined
      : [...new Set([...one.types, ...other.types])];
  return {
    types,
    run: (evaluation) => {
      spend(evaluation, 1, condition.start);
      const chosen = test.run(evaluation);
      if (typeof chosen === 'boolean') return chosen ? one.run(evaluation) : other.run(evaluation);
      const message = `the condition before ? is ${typeName(chosen)}, not true or false.`;
      throw evaluationError(
        evaluation,
        condition.start,
        message,
        'Compare it: x != null, x > 0, x == "yes".',
      );
    },
  };
}
