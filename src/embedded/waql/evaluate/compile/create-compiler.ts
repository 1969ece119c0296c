import type { Compiler } from './compiler.ts';
import { compileCondition } from './condition.ts';
import { compilePath } from './path.ts';
import { compileReturnItem } from './return-item.ts';
import type { Scope } from './scope.ts';

/** The compiler of one call. */
export function createCompiler(scope: Scope): Compiler {
  const compiler: Compiler = {
    scope,
    condition: (node) => compileCondition(node, compiler),
    path: (node, usage) => compilePath(node, compiler, usage),
    returnItem: (node) => compileReturnItem(node, compiler),
  };
  return compiler;
}
