import type { Read } from '../../../expressions/cel/compilation.ts';
import { outputReference, parseReferences, type ReferenceTarget } from '../../../expressions/reference.ts';
import type { DraftNode, ExpressionTarget, FoundReference } from '../draft.ts';

type FoundExpression = FoundReference & { readonly target: ExpressionTarget };

/** Whether a reference of a node is an expression. */
export function isExpression(reference: FoundReference): reference is FoundExpression {
  return reference.target.kind === 'expression';
}

/** What an expression reads of nodes and of the input of the workflow, as references. Of several possible sources of `input` nothing. */
export function readsIn(node: DraftNode, found: FoundExpression): readonly FoundReference[] {
  const { expression, string, offset } = found.target;
  return expression.reads.flatMap((read): FoundReference[] => {
    const target = targetOf(node, read);
    if (target === undefined) return [];
    const [start, end] = [offset + read.offset, offset + read.end];
    const within = { string, start, end, isComputed: !expression.isRead };
    const isWhole = found.isWhole && expression.isRead;
    const { isGuarded } = read;
    return [{ ...found, text: string.slice(start, end), target, isWhole, isGuarded, within }];
  });
}

/**
 * The reference that an expression stands for which is nothing but a read of an output; undefined for every other. Nodes that
 * share calls know references.
 */
export function plainReference(node: DraftNode, { target, isWhole }: FoundExpression): string | undefined {
  const [read] = target.expression.reads;
  if (!isWhole || !target.expression.isRead || read === undefined) return undefined;
  const source = targetOf(node, read);
  if (source?.kind !== 'output') return undefined;
  const text = outputReference(source.node, source.path.join('.'));
  const [part, another] = parseReferences(text) ?? [];
  const isSame =
    another === undefined && part?.target?.kind === 'output' && isSamePath(part.target.path, source.path);
  return isSame ? text : undefined;
}

function targetOf({ flowsFrom }: DraftNode, { name, node, path }: Read): ReferenceTarget | undefined {
  if (name === 'nodes') return { kind: 'output', node: node ?? '', path };
  if (name !== 'input' && name !== 'workflow.input') return undefined;
  const [source, another] = name === 'input' ? flowsFrom : [];
  if (another !== undefined) return undefined;
  if (source !== undefined) return { kind: 'output', node: source, path };
  const [first, ...rest] = path;
  return first === undefined ? undefined : { kind: 'input', name: first, path: rest };
}

function isSamePath(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}
