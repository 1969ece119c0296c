import { isJsonObject, type Json } from '../../../core/json.ts';
import { below } from '../../document/json-pointer.ts';
import { mayHoldReference, parseReferences } from '../../expressions/reference.ts';
import { showValue } from '../../runtime/show-value.ts';
import type { Problem } from '../problem.ts';
import { checkReference } from '../rules/reference-target.ts';
import { added, DEEPEST_INPUT, type Draft, type DraftNode, type FoundReference } from './draft.ts';

/** Finds the references in every node's input. One that reads a node's output makes the reader wait for that node. */
export function findReferences(draft: Draft): void {
  for (const node of draft.nodes) {
    collect(draft, node, node.input, []);
    if (node.references.length === 0) continue;
    for (const reference of node.references) follow(draft, node, reference);
  }
}

type Path = (string | number)[];

/** `path` is where the walk stands: it is copied where a place must be kept. */
function collect(draft: Draft, node: DraftNode, value: Json, path: Path): void {
  if (typeof value === 'string') {
    if (value.includes('$') || value.includes('{{')) collectText(draft, node, value, path.slice());
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (path.length >= DEEPEST_INPUT) {
    draft.report({
      code: 'WORKFLOW_INVALID',
      message: `The input of node "${node.id}" is nested deeper than ${DEEPEST_INPUT} levels.`,
      pointer: below(node.dataPointer, ...path),
      node: node.id,
    });
    // Nothing else can be said about such an input.
    node.shape = undefined;
    return;
  }
  const isObject = isJsonObject(value);
  const keys = isObject ? Object.keys(value) : value.keys();
  for (const key of keys) {
    const member = isObject ? value[key] : value[Number(key)];
    if (member === undefined) continue;
    path.push(key);
    collect(draft, node, member, path);
    path.pop();
  }
}

function collectText(draft: Draft, node: DraftNode, text: string, path: Path): void {
  const parts = parseReferences(text) ?? [];
  const [first] = parts;
  if (parts.length === 1 && first?.target !== undefined) {
    const { target } = first;
    node.references = added(node.references, { text, target, isWhole: true, path });
    return;
  }
  for (const part of parts) {
    if (part.target === undefined) continue;
    node.references = added(node.references, {
      text: part.text,
      target: part.target,
      isWhole: parts.length === 1,
      path,
    });
  }
  if (parts.every((part) => part.target !== undefined || !mayHoldReference(part.text)) && parts.length > 0)
    return;
  const pointer = below(node.dataPointer, ...path);
  if (mayHoldReference(text)) {
    draft.report({
      code: 'UNRESOLVED_REFERENCE',
      message: `${showValue(text)} does not read as a reference.`,
      pointer,
      node: node.id,
      expected: '"$from:<node>:$output:<field>" or "$input:<name>"',
      ...meantReference(draft, text, pointer),
    });
  } else if (text.includes('{{') && text.indexOf('}}') > text.indexOf('{{')) {
    draft.report({
      code: 'WORKFLOW_INVALID',
      message: `${showValue(text)} is no reference: there are no {{ }} expressions.`,
      pointer,
      node: node.id,
      expected: '"$from:<node>:$output:<field>" or "$input:<name>"; either may stand inside a longer text',
      ...meantReference(draft, text, pointer),
    });
  }
}

/** `{{ steps.sound.output.id }}` and the like, where a node or an input has that name. */
function meantReference(
  draft: Draft,
  text: string,
  pointer: string,
): Pick<Problem, 'didYouMean' | 'suggestion'> | Record<string, never> {
  const inside = /^=?\s*\{\{\s*\$?([^{}]+?)\s*\}\}\s*$|^\$(?:from:)?([^{}]+)$/.exec(text);
  const words = (inside?.[1] ?? inside?.[2] ?? '')
    .split(/[.:]|\[['"]?|['"]?\]/)
    .filter((word) => word !== '');
  const [first = '', ...rest] = skipped(words, fillers);
  const field = skipped(rest, fillers).join('.').replaceAll('$', '');
  let value: string | undefined;
  if (draft.places.has(first) && field !== '') value = `$from:${first}:$output:${field}`;
  else if (draft.workflow.inputs.has(rest.length === 0 ? first : '')) value = `$input:${first}`;
  return value === undefined
    ? {}
    : { didYouMean: [value], suggestion: [{ op: 'replace', path: pointer, value }] };
}

const fillers: ReadonlySet<string> = new Set(
  'steps nodes node from input inputs output outputs $output data result results json'.split(' '),
);

function skipped(words: readonly string[], unwanted: ReadonlySet<string>): readonly string[] {
  const start = words.findIndex((word) => !unwanted.has(word));
  return start < 0 ? [] : words.slice(start);
}

function follow(draft: Draft, node: DraftNode, reference: FoundReference): void {
  if (!checkReference(draft, node, reference)) {
    node.isUpstreamBroken = true;
    return;
  }
  const { target, text } = reference;
  const [only] = reference.path;
  const input = reference.path.length === 1 && typeof only === 'string' ? only : reference.path.join('.');
  node.wiring = added(node.wiring, { input, from: text, auto: false });
  if (target.kind === 'input') return;
  const source = draft.places.get(target.node);
  if (source === undefined) return;
  // Whoever reads an error is there for the case that it occurs.
  const by = target.kind === 'error' ? 'error' : 'reference';
  draft.links.push({ source, target: node.place, by, reference });
}
