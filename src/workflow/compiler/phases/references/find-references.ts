import { isJsonObject, type Json } from '../../../../core/json.ts';
import { below } from '../../../document/json-pointer.ts';
import { ExpressionFault } from '../../../expressions/cel/fault.ts';
import { mayHoldReference, parseReferences } from '../../../expressions/reference.ts';
import { mayHoldExpression, parseTemplate, type Template } from '../../../expressions/template.ts';
import { added, DEEPEST_INPUT, type Draft, type DraftNode } from '../draft.ts';

/** Finds the references and expressions in every node's input, and the texts that look like one and do not read as one. */
export function* findReferences(draft: Draft): Generator<void, void> {
  for (const node of draft.nodes) {
    yield* collectSteps(node, node.input, []);
    yield;
  }
}

/** `collect`, yielding within long lists. */
function* collectSteps(node: DraftNode, value: Json, path: Path): Generator<void, void> {
  const isLong = Array.isArray(value) && value.length > itemsAtOnce;
  const isObject = isJsonObject(value) && path.length < deepestSteps;
  if (!isLong && !isObject) {
    collect(node, value, path);
    return;
  }
  for (const [key, member] of isLong ? value.entries() : Object.entries(value)) {
    if (member === undefined) continue;
    path.push(key);
    yield* collectSteps(node, member, path);
    path.pop();
    if (isLong) yield;
  }
}

const itemsAtOnce = 100;
/** Below that, lists are collected at once. */
const deepestSteps = 8;

/** Finds the references in a value beside the input of a node: they are written at `pointer`. */
export function referencesIn(node: DraftNode, value: Json, pointer: string): void {
  const [references, unread] = [node.references.length, node.unreadReferences.length];
  collect(node, value, []);
  node.references = node.references.map((one, at) =>
    at < references ? one : { ...one, path: ['when', ...one.path], edgePointer: below(pointer, ...one.path) },
  );
  node.unreadReferences = node.unreadReferences.map((one, at) =>
    at < unread ? one : { ...one, pointer: below(pointer, ...one.path) },
  );
}

type Path = (string | number)[];

/** `path` is where the walk stands: it is copied where a position must be kept. */
function collect(node: DraftNode, value: Json, path: Path): void {
  if (typeof value === 'string') {
    if (value.includes('$') || value.includes('{{')) collectText(node, value, path.slice());
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (path.length >= DEEPEST_INPUT) {
    node.tooDeepAt ??= path.slice();
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
    collect(node, member, path);
    path.pop();
  }
}

function collectText(node: DraftNode, text: string, path: Path): void {
  if (mayHoldExpression(text)) collectTemplate(node, text, path);
  else collectPlain(node, text, path, true);
}

function collectTemplate(node: DraftNode, text: string, path: Path): void {
  let template: Template | undefined;
  try {
    template = parseTemplate(text);
  } catch (thrown) {
    if (!(thrown instanceof ExpressionFault)) throw thrown;
    node.unreadReferences = added(node.unreadReferences, { text, path, fault: thrown.fault });
  }
  for (const { expression, offset, text: part } of template?.parts ?? []) {
    if (expression === undefined) {
      collectPlain(node, part, path, false);
      continue;
    }
    const target = { kind: 'expression', expression, string: text, offset } as const;
    const isWhole = template?.isWhole === true;
    node.references = added(node.references, { text: part, target, isWhole, path });
  }
}

/** `isAll`: it is the whole string. */
function collectPlain(node: DraftNode, text: string, path: Path, isAll: boolean): void {
  const parts = parseReferences(text) ?? [];
  const [first] = parts;
  if (isAll && parts.length === 1 && first?.target !== undefined) {
    const { target } = first;
    node.references = added(node.references, { text, target, isWhole: true, path });
    return;
  }
  for (const part of parts) {
    if (part.target === undefined) continue;
    node.references = added(node.references, {
      text: part.text,
      target: part.target,
      isWhole: false,
      path,
    });
  }
  const isRead =
    parts.length > 0 &&
    parts.every(({ target, text: part }) => target !== undefined || !mayHoldReference(part));
  if (!isRead && mayHoldReference(text)) node.unreadReferences = added(node.unreadReferences, { text, path });
}
