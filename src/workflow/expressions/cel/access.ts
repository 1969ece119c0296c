import { isJsonObject, type Json } from '../../../core/json.ts';
import { valueAt } from '../value-at.ts';
import type { Compilation, Compiled } from './compilation.ts';
import { evaluationError, spend, typeName } from './evaluation.ts';
import { type Segment, walkMembers } from './members.ts';
import type { CelNode } from './parse-cel.ts';
import { compileRoot } from './roots.ts';

/** `a.b[0].c`: a member that is missing reads as null, as do the members of null. */
export function compileAccess(node: CelNode, compilation: Compilation): Compiled {
  const segments: Segment[] = [];
  let base = node;
  for (let segment = segmentOf(base, compilation); segment !== undefined; ) {
    segments.unshift(segment.segment);
    base = segment.of;
    segment = segmentOf(base, compilation);
  }
  if (base.op === 'id') return compileRoot(base, base.args, segments, compilation);
  return walkMembers(compilation.compile(base, compilation), segments);
}

/** `list[i]`, `object[name]`: a constant index is a member as any other. */
export function compileIndex(node: CelNode & { readonly op: '[]' }, compilation: Compilation): Compiled {
  if (segmentOf(node, compilation) !== undefined) return compileAccess(node, compilation);
  const [of, by] = node.args;
  const value = compilation.compile(of, compilation);
  const index = compilation.compile(by, compilation);
  return {
    types: undefined,
    run: (evaluation) => {
      spend(evaluation, 1, by.start);
      const found = value.run(evaluation);
      const at = index.run(evaluation);
      if (found === null) return null;
      if (Array.isArray(found) && typeof at === 'number') return itemAt(found, at);
      if (isJsonObject(found) && typeof at === 'string') return valueAt(found, [at]) ?? null;
      const message = `${typeName(found)} has no [${typeName(at)}].`;
      throw evaluationError(evaluation, by.start, message, 'Lists take numbers from 0, objects take names.');
    },
  };
}

function itemAt(list: readonly Json[], index: number): Json {
  return list[index] ?? null;
}

function segmentOf(
  node: CelNode,
  { idAt }: Compilation,
): { readonly of: CelNode; readonly segment: Segment } | undefined {
  if (node.op === '.') {
    const [of, name] = node.args;
    return { of, segment: { key: idAt(node.pos) ?? name, offset: node.pos, end: node.end } };
  }
  if (node.op !== '[]') return undefined;
  const [of, by] = node.args;
  if (by.op !== 'value') return undefined;
  const isIndex = typeof by.args === 'bigint' && by.args >= 0n;
  if (!isIndex && typeof by.args !== 'string') return undefined;
  return { of, segment: { key: String(by.args), offset: by.start, end: node.end } };
}
