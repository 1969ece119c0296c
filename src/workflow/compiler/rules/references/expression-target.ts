import { isJsonObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { didYouMean, nearest } from '../../../../core/text/nearest.ts';
import type { Read } from '../../../expressions/cel/compilation.ts';
import { valueAt } from '../../../expressions/value-at.ts';
import type { Draft, DraftNode, ExpressionTarget, FoundReference } from '../../phases/draft.ts';
import { readsIn } from '../../phases/references/expression-reads.ts';
import type { JsonType } from '../../schema/schema-kinds.ts';
import { type Refusal, refuse } from './refuse-reference.ts';

interface Checks {
  checkReference(draft: Draft, node: DraftNode, reference: FoundReference): boolean;
  checkTypes(draft: Draft, node: DraftNode, reference: FoundReference, given: ReadonlySet<JsonType>): boolean;
}

/** Law: what an expression reads is there as far as can be known, and what comes of it can be what the input takes. */
export function checkExpression(
  draft: Draft,
  node: DraftNode,
  found: FoundReference & { readonly target: ExpressionTarget },
  { checkReference, checkTypes }: Checks,
): boolean {
  const { expression } = found.target;
  const ofScope = expression.reads.map((read) => {
    const refusal = refusalOf(draft, node, found, read);
    return refusal === undefined || refuse(draft, node, readAt(found, read), refusal);
  });
  const ofOthers = readsIn(node, found).map((read) => checkReference(draft, node, read));
  if (![...ofScope, ...ofOthers].every(Boolean)) return false;
  if (!found.isWhole || expression.isRead || expression.types === undefined) return true;
  return checkTypes(draft, node, found, new Set(expression.types));
}

/** What is wrong with a read that is none of a node or of the input of the workflow. */
function refusalOf(
  draft: Draft,
  node: DraftNode,
  found: FoundReference & { readonly target: ExpressionTarget },
  read: Read,
): Refusal | undefined {
  const { vars, globals } = draft.workflow;
  if (read.name === 'vars') return checkValue('vars', vars, read.path);
  if (read.name === 'globals') return checkValue('globals', globals, read.path);
  if (read.name === 'secrets') return checkSecret(node, found, read);
  if (read.name === 'input') return checkFlow(node, read.path);
  if ((read.name === 'item' || read.name === 'index') && !draft.isLoopBody)
    return {
      message: `"${read.name}" is there inside a loop only.`,
      expected: 'the variable of map(x, ...) or filter(x, ...), or a node of a loop',
      candidates: [],
    };
  return undefined;
}

/** They stand in the document, so what is missing there is missing for good. */
function checkValue(name: 'vars' | 'globals', all: JsonObject, path: readonly string[]): Refusal | undefined {
  for (const [depth, key] of path.entries()) {
    const owner: Json | undefined = valueAt(all, path.slice(0, depth));
    if (!isJsonObject(owner) || valueAt(owner, [key]) !== undefined) continue;
    const names = Object.keys(owner);
    const base = [name, ...path.slice(0, depth)].join('.');
    return {
      message: `There is no ${base}.${key}.${didYouMean(key, names)}`,
      expected: names.length === 0 ? `a member of "${name}" in the workflow` : `one of: ${names.join(', ')}`,
      candidates: nearest(key, names).map((near) => `${base}.${near}`),
    };
  }
  return undefined;
}

function checkFlow(node: DraftNode, path: readonly string[]): Refusal | undefined {
  const { flowsFrom } = node;
  if (flowsFrom.length < 2) return undefined;
  const written = path.length === 0 ? '' : `.${path.join('.')}`;
  const candidates = flowsFrom.map((id) =>
    /^[\w-]+$/.test(id) ? `nodes.${id}${written}` : `nodes[${JSON.stringify(id)}]${written}`,
  );
  return {
    code: 'AMBIGUOUS_INPUT',
    message: `"input" could be what any of ${flowsFrom.join(', ')} gave: edges lead here from all of them.`,
    expected: `one of: ${candidates.join(', ')}`,
    candidates,
  };
}

/** Nothing may be worked out from a secret: what comes of it could not be recognised, and so not be hidden. */
function checkSecret(
  { shape }: DraftNode,
  { target, path }: FoundReference & { readonly target: ExpressionTarget },
  { path: [name = ''] }: Read,
): Refusal | undefined {
  const [input = ''] = path.map(String);
  if (!target.expression.isRead)
    return {
      code: 'WORKFLOW_INVALID',
      message: `An expression with a secret is the secret alone: put the text around it outside of the braces, as in "Bearer {{ secrets.${name} }}".`,
      expected: `{{ secrets.${name} }}`,
      candidates: [],
    };
  const takers = shape?.kind.secretInputs ?? [];
  if (shape === undefined || takers.includes(input)) return undefined;
  const where =
    takers.length === 0
      ? `no input of ${shape.kind.type} takes one`
      : `of ${shape.kind.type} only ${takers.join(', ')}`;
  return {
    code: 'WORKFLOW_INVALID',
    message: `A secret cannot stand in "${input}": ${where}, because it would be shown or kept there.`,
    expected: 'an input that sends it on: workflow_node_types says which take secrets',
    candidates: [],
  };
}

function readAt(
  found: FoundReference & { readonly target: ExpressionTarget },
  { offset, end }: Read,
): FoundReference {
  const { string, offset: base } = found.target;
  const within = { string, start: base + offset, end: base + end, isComputed: true };
  return { ...found, within };
}
