import { outputReference } from '../../../expressions/reference.ts';
import { type Draft, type DraftNode, type FoundReference, referencePointer } from '../../phases/draft.ts';
import type { PatchOperation, Problem } from '../../problem.ts';

export interface Refusal {
  readonly message: string;
  readonly code?: Problem['code'];
  readonly expected?: string | undefined;
  /** What would do in its stead, as it is to be written there. */
  readonly candidates: readonly string[];
}

/** Reports a reference, or what an expression reads, and gives false. */
export function refuse(draft: Draft, node: DraftNode, reference: FoundReference, refusal: Refusal): false {
  const pointer = referencePointer(node, reference);
  const [best] = refusal.candidates;
  const suggestion = best === undefined ? undefined : replacement(reference, pointer, best);
  draft.report({
    code: refusal.code ?? 'UNRESOLVED_REFERENCE',
    message: `Node "${node.id}": ${refusal.message}`,
    pointer,
    ...(reference.within === undefined ? {} : { offset: reference.within.start }),
    node: node.id,
    ...(refusal.expected === undefined ? {} : { expected: refusal.expected }),
    ...(best === undefined ? {} : { didYouMean: refusal.candidates }),
    ...(suggestion === undefined ? {} : { suggestion: [suggestion] }),
  });
  return false;
}

function replacement(
  { isWhole, within }: FoundReference,
  pointer: string,
  best: string,
): PatchOperation | undefined {
  if (within !== undefined) {
    const { string, start, end } = within;
    return { op: 'replace', path: pointer, value: string.slice(0, start) + best + string.slice(end) };
  }
  return isWhole ? { op: 'replace', path: pointer, value: best } : undefined;
}

/** An output as it is written where the reference stands. */
export function outputSpelled(
  { within, text, target }: FoundReference,
  node: string,
  path: readonly string[],
): string {
  if (within === undefined) return outputReference(node, path.join('.'));
  const isFlow = text.startsWith('input') && target.kind === 'output' && target.node === node;
  return members(isFlow ? 'input' : member('nodes', node), path);
}

/** An input of the workflow as it is written where the reference stands. */
export function inputSpelled({ within, text }: FoundReference, name: string): string {
  if (within === undefined) return `$input:${name}`;
  return member(text.startsWith('workflow') ? 'workflow.input' : 'input', name);
}

function members(base: string, path: readonly string[]): string {
  return path.reduce(member, base);
}

function member(base: string, name: string): string {
  if (/^\d+$/.test(name)) return `${base}[${name}]`;
  const isPlain = base === 'nodes' ? /^[\w-]+$/.test(name) : /^[A-Za-z_]\w*$/.test(name);
  return isPlain ? `${base}.${name}` : `${base}[${JSON.stringify(name)}]`;
}
