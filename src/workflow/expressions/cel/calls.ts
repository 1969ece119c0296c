import { functionNames, functionsByName } from '../functions/catalog.ts';
import type { ExpressionFunction } from '../functions/expression-function.ts';
import { checkArgumentTypes, checkCount } from './arguments.ts';
import type { Compilation, Compiled } from './compilation.ts';
import { spend } from './evaluation.ts';
import { ExpressionFault, unknownNameFault } from './fault.ts';
import { compileForm, formNames } from './forms.ts';
import type { CelNode } from './parse-cel.ts';

type Call = CelNode & { readonly op: 'call' };
type Method = CelNode & { readonly op: 'rcall' };

/** `upper(text)`. */
export function compileCall(node: Call, compilation: Compilation): Compiled {
  const [name, args] = node.args;
  return compileForm(node, name, args, compilation) ?? apply(node, name, args, compilation);
}

/** `text.upper()` is `upper(text)`. */
export function compileMethod(node: Method, compilation: Compilation): Compiled {
  const [name, receiver, args] = node.args;
  if (receiver.op === 'id' && receiver.args === 'cel' && name === 'bind')
    return compileForm(node, 'cel.bind', args, compilation) ?? refuse(node, name);
  const all = [receiver, ...args];
  return compileForm(node, name, all, compilation) ?? apply(node, name, all, compilation);
}

function apply(node: CelNode, name: string, args: readonly CelNode[], compilation: Compilation): Compiled {
  const found: ExpressionFunction = functionsByName.get(name) ?? refuse(node, name);
  checkCount(found, name, args.length, node.start);
  const compiled = args.map((arg) => compilation.compile(arg, compilation));
  return {
    types: found.returns === 'any' ? undefined : [found.returns],
    run: (evaluation) => {
      spend(evaluation, 1, node.start);
      const values = compiled.map(({ run }) => run(evaluation));
      checkArgumentTypes(found, name, values, evaluation, node.start);
      return found.run(values, { evaluation, offset: node.start, name });
    },
  };
}

function refuse(node: CelNode, name: string): never {
  const fault = unknownNameFault('function', name, [...functionNames, ...formNames], node.start);
  throw new ExpressionFault({ ...fault, expected: 'a function of docs/expression-functions.md' });
}
