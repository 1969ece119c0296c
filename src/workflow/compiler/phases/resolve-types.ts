import type { AnyCommand } from '../../../core/command.ts';
import { howToInclude } from '../../../core/dispatch/find-command.ts';
import { underPresentNames } from '../../../core/dispatch/input/former-inputs.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import { below } from '../../document/json-pointer.ts';
import { parsedIfText } from '../../document/json-text.ts';
import type { NodeKind } from '../../nodes/node-kind.ts';
import { type NodeShape, shapeOf } from '../schema/node-shape.ts';
import { DEEPEST_INPUT, type Draft, type DraftNode } from './draft.ts';

/** Finds the kind of every node and lays its data out as the kind's input. */
export function* resolveTypes(draft: Draft): Generator<void, void> {
  for (const node of draft.nodes) {
    if (node.isOutside) continue;
    const kind = draft.kinds.find(node.type);
    if (kind === undefined) reportUnknownType(draft, node);
    else node.shape = shapeOf(kind);
    node.input = inputOf(node, node.shape, draft.findCommand(node.type));
    yield;
  }
}

function reportUnknownType(draft: Draft, node: DraftNode): void {
  if (node.type === '') return;
  const excluded = draft.findExcluded?.(node.type);
  if (excluded !== undefined) {
    draft.report({
      code: 'UNKNOWN_COMMAND',
      message: `Node "${node.id}" has the type "${node.type}", which is excluded from this server. ${howToInclude(excluded)}`,
      pointer: below(node.pointer, 'type'),
      node: node.id,
      expected: 'a type that workflow_node_types lists',
    });
    return;
  }
  const isSnake = node.type.includes('_');
  const types = draft.kinds.all.flatMap((kind) => namesOf(kind, isSnake));
  const candidates = nearest(node.type, types);
  const [best] = candidates;
  const pointer = below(node.pointer, 'type');
  draft.report({
    code: 'UNKNOWN_COMMAND',
    message: `Node "${node.id}" has the unknown type "${node.type}".${whyNot(node.type) ?? didYouMean(node.type, types)}`,
    pointer,
    node: node.id,
    expected:
      types.length > mostListed ? 'a type that workflow_node_types lists' : `one of: ${types.join(', ')}`,
    ...(candidates.length === 0 ? {} : { didYouMean: candidates }),
    ...(best === undefined ? {} : { suggestion: [{ op: 'replace', path: pointer, value: best }] }),
  });
}

/** In the spelling the author uses, so that one name is not two candidates; then names that are no spelling of it. */
function namesOf({ type, aliases }: Pick<NodeKind, 'type' | 'aliases'>, isSnake: boolean): readonly string[] {
  const spelled = (alias: string): boolean => alias.toLowerCase() === type.replaceAll('_', '');
  const spelling = isSnake ? type : (aliases.find(spelled) ?? type);
  return [spelling, ...aliases.filter((alias) => !spelled(alias))];
}

/** More types than this are no help in an error. */
const mostListed = 30;

/** What a workflow has no node for, and how to do it all the same. */
function whyNot(type: string): string | undefined {
  const word = type.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (/^(map|repeat|while|splitinbatches|iterate|each)$/.test(word)) return ' Did you mean "forEach"?';
  if (/^(else|case|condition|conditional|router)$/.test(word))
    return ' Did you mean "branch"? A node that is skipped for itself has "when".';
  if (/^(workflowrun|runworkflow|subworkflow|executeworkflow|callworkflow)$/.test(word))
    return ' Did you mean "subworkflow"?';
  if (/^(delay|sleep|pause|waituntil|timer)$/.test(word)) return ' Did you mean "wait"?';
  if (/^(message|notify|notification|log|print|echo|comment|toast)$/.test(word))
    return ' Did you mean "say"?';
  if (/^(parallel|merge|join|fork|start|trigger|manualtrigger|default|group|noop)$/.test(word))
    return ' No such node is needed: nodes without an edge between them are free, edges order the rest. type is the command to execute.';
  return undefined;
}

/** A copy: the author's document stays theirs when the plan is frozen. */
function inputOf(
  node: DraftNode,
  shape: NodeShape | undefined,
  command: AnyCommand | undefined,
): Record<string, Json> {
  const input: Record<string, Json> = {};
  const data = underPresentNames(
    command,
    shape?.kind.body === undefined ? node.data : withoutBody(node.data, shape.kind.body),
  );
  for (const name of Object.keys(data)) {
    const value = data[name];
    // React Flow's own nodes show `data.label`.
    if (value === undefined || (name === 'label' && shape?.fields.has('label') === false)) continue;
    const isText = typeof value === 'string';
    setMember(input, name, isText && takesOnlyText(shape, name) ? value : copyOf(parsedIfText(value), 1));
  }
  return input;
}

/** What is inside a node is no input of it. */
function withoutBody(data: JsonObject, body: 'loop' | 'once'): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !insides[body].has(name)));
}

const insides: Readonly<Record<'loop' | 'once', ReadonlySet<string>>> = {
  loop: new Set(['nodes', 'edges', 'output']),
  once: new Set(['nodes', 'edges', 'inputs', 'output']),
};

function takesOnlyText(shape: NodeShape | undefined, name: string): boolean {
  const types = shape?.fields.get(name)?.types;
  return types === undefined || types.has('string') || !(types.has('array') || types.has('object'));
}

/** What is nested deeper than an input may be is refused, so it need not be copied. */
function copyOf(value: Json, depth: number): Json {
  if (typeof value !== 'object' || value === null || depth > DEEPEST_INPUT) return value;
  if (!isJsonObject(value)) return value.map((item) => copyOf(item, depth + 1));
  const copied: Record<string, Json> = {};
  for (const name of Object.keys(value)) {
    const member = value[name];
    if (member !== undefined) setMember(copied, name, copyOf(member, depth + 1));
  }
  return copied;
}

/** An author may write `__proto__`; it must be refused as an unknown input, not vanish. */
function setMember(object: Record<string, Json>, name: string, value: Json): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}
