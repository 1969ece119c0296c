import type { WwiseObject } from '../../model/model.ts';
import type { QueryNode } from '../ast.ts';
import { parseQuery } from '../parse.ts';
import { candidatesFor } from './candidates.ts';
import { createCompiler } from './compile/create-compiler.ts';
import { createScope, type Scope } from './compile/scope.ts';
import { evaluateSource } from './compile/source.ts';
import { compileTransform } from './compile/transform.ts';
import { type Flow, marked } from './flow.ts';

/**
 * The objects of a query, in order, duplicates included. Everything is compiled and checked before the first object is
 * looked at; after that objects flow one by one, with marks between them.
 */
export function evaluateQuery(query: QueryNode, scope: Scope): Flow {
  const compiler = createCompiler(scope);
  const transforms = query.transforms.map((node) => compileTransform(node, compiler));
  // Finding objects by GUID or type in the whole project is what an index is for.
  const [first] = query.transforms;
  const isSearch = query.source.kind === 'project' && first?.kind === 'where';
  const candidates = isSearch ? candidatesFor(first.condition, scope) : undefined;

  let objects: Flow = marked(candidates?.objects ?? evaluateSource(query.source, scope, runStored));
  for (const transform of candidates?.isExact === true ? transforms.slice(1) : transforms)
    objects = transform(objects);
  return scope.queryDepth === 0 ? counted(objects, scope) : objects;

  function runStored(waql: string): Flow {
    const { model, platform, language, unknownNames, queryDepth, budget } = scope;
    return evaluateQuery(
      parseQuery(waql),
      createScope(model, { platform, language }, unknownNames, queryDepth + 1, budget),
    );
  }
}

/** Holds a query to the number of objects an answer may have. */
export function* counted(objects: Flow, { budget }: Scope): Generator<WwiseObject | null> {
  for (const object of objects) {
    if (object !== null) budget.row();
    yield object;
  }
}
