import { didYouMean, mistyped, nearest } from '../../../core/text/nearest.ts';
import { errorFields, errorReference } from '../../expressions/reference.ts';
import {
  added,
  type Draft,
  type DraftNode,
  type FoundReference,
  nodeLabel,
  type ReferenceKind,
} from '../phases/draft.ts';
import { isExpression } from '../phases/references/expression-reads.ts';
import { followPath } from '../schema/follow-path.ts';
import { fits, type NodeShape, wireOf } from '../schema/node-shape.ts';
import { type JsonType, jsonTypes, type Schema } from '../schema/schema-kinds.ts';
import { checkExpression } from './references/expression-target.ts';
import { insideOf, nearNodes, nodesMeant } from './references/near-nodes.ts';
import { inputSpelled, outputSpelled, refuse } from './references/refuse-reference.ts';

/**
 * Law: a reference names a node of the workflow and one of its outputs, or a declared input of the workflow, and what it
 * reads can be what the input takes.
 */
export function* checkReferenceTargets(draft: Draft): Generator<void, void> {
  for (const node of draft.nodes) {
    for (const reference of node.references)
      if (!checkReference(draft, node, reference))
        node.brokenReferences = added(node.brokenReferences, reference);
      else yield;
    yield;
  }
}

/** True when the law is kept as far as can be known. */
export function checkReference(draft: Draft, node: DraftNode, reference: FoundReference): boolean {
  if (isExpression(reference)) return checkExpression(draft, node, reference, { checkReference, checkTypes });
  if (reference.target.kind === 'error') return checkError(draft, node, reference);
  return reference.target.kind === 'output'
    ? checkOutput(draft, node, reference)
    : checkInput(draft, node, reference);
}

function checkError(draft: Draft, node: DraftNode, reference: FoundReference): boolean {
  const { target, text } = reference;
  if (target.kind !== 'error') return true;
  const index = draft.indexById.get(target.node);
  const source = index === undefined ? undefined : draft.nodes[index];
  const written = target.path.join('.');
  if (source === undefined) {
    const inside = insideOf(draft, target.node);
    const candidates = inside === '' ? nearNodes(draft, target.node, node.id) : [];
    return refuse(draft, node, reference, {
      message: `${text} names the node "${target.node}", which does not exist.${inside}${nodesMeant(candidates)}`,
      candidates: candidates.map((candidate) => errorReference(candidate, written)),
    });
  }
  if (errorFields.includes(written)) return checkTypes(draft, node, reference, new Set(['string'] as const));
  return refuse(draft, node, reference, {
    message: `An error has no "${written}".${didYouMean(written, errorFields)}`,
    expected: `one of: ${errorFields.join(', ')}`,
    candidates: nearest(written, errorFields).map((field) => errorReference(target.node, field)),
  });
}

function checkOutput(draft: Draft, node: DraftNode, reference: FoundReference): boolean {
  const { target, text } = reference;
  if (target.kind !== 'output') return true;
  const index = draft.indexById.get(target.node);
  const source = index === undefined ? undefined : draft.nodes[index];
  const written = target.path.length === 1 ? (target.path[0] ?? '') : target.path.join('.');
  if (source === undefined) {
    const inside = insideOf(draft, target.node);
    const candidates = inside === '' ? nearNodes(draft, target.node, node.id) : [];
    return refuse(draft, node, reference, {
      message: `${text} names the node "${target.node}", which does not exist.${inside}${nodesMeant(candidates)}`,
      candidates: candidates.map((candidate) => outputSpelled(reference, candidate, target.path)),
    });
  }
  if (source.shape === undefined) return false;
  // What is inside of a node decides what it takes and gives: it has no likes.
  if (source.body !== undefined || node.body !== undefined)
    return checkSound(draft, node, reference, source, written);
  const kind = kindOf(source.shape, node, reference, written);
  const known = draft.soundReferences;
  if (known.last !== undefined && isSameKind(known.last, kind)) return true;
  const name = nameOfKind(kind);
  if (!known.kinds.has(name) && !checkSound(draft, node, reference, source, written)) return false;
  known.kinds.add(name);
  known.last = kind;
  return true;
}

/** References of one kind are sound together: nothing of the nodes themselves matters. */
function kindOf(
  source: NodeShape,
  node: DraftNode,
  { isWhole, path, within }: FoundReference,
  output: string,
): ReferenceKind {
  const [only] = path;
  const input = path.length === 1 && typeof only === 'string' ? only : JSON.stringify(path);
  return { source, output, reader: node.shape, input, isWhole, isComputed: within?.isComputed === true };
}

function isSameKind(a: ReferenceKind, b: ReferenceKind): boolean {
  return (
    a.source === b.source &&
    a.reader === b.reader &&
    a.output === b.output &&
    a.input === b.input &&
    a.isWhole === b.isWhole &&
    a.isComputed === b.isComputed
  );
}

function nameOfKind({ source, output, reader, input, isWhole, isComputed }: ReferenceKind): string {
  return `${source.kind.type} ${output} ${reader?.kind.type} ${input} ${isWhole} ${isComputed}`;
}

function checkSound(
  draft: Draft,
  node: DraftNode,
  reference: FoundReference,
  source: DraftNode,
  written: string,
): boolean {
  const { target } = reference;
  if (target.kind !== 'output' || source.shape === undefined) return false;
  const followed = followPath(source.shape.kind.output, target.path, 'output');
  if (!followed.found) {
    const near = nearest(followed.missing, followed.fields);
    const before = target.path.slice(0, target.path.indexOf(followed.missing));
    return refuse(draft, node, reference, {
      message: `${nodeLabel(source)} gives no "${written}".${didYouMean(followed.missing, followed.fields)}`,
      expected: followed.fields.length === 0 ? undefined : `one of: ${followed.fields.join(', ')}`,
      candidates: near.map((name) => outputSpelled(reference, target.node, [...before, name])),
    });
  }
  if (followed.undeclared !== undefined && reference.within !== undefined)
    return checkUndeclared(draft, node, reference, source, followed.undeclared);
  return followed.schema === undefined || checkFit(draft, node, reference, followed.schema);
}

/** The schema lets other members be there: a name that is nearly a declared one is a mistake, any other may be one. */
function checkUndeclared(
  draft: Draft,
  node: DraftNode,
  reference: FoundReference,
  source: DraftNode,
  { key, fields }: { readonly key: string; readonly fields: readonly string[] },
): boolean {
  const { target, text } = reference;
  if (target.kind !== 'output') return true;
  const given = target.path[0] === key ? (source.shape?.kind.gives?.(source.data) ?? []) : [];
  if (given.includes(key)) return true;
  const near = mistyped(key, [...fields, ...given]);
  const before = target.path.slice(0, target.path.indexOf(key));
  if (near.length > 0) {
    return refuse(draft, node, reference, {
      message: `${nodeLabel(source)} declares no "${key}".${didYouMean(key, near)}`,
      candidates: near.map((name) => outputSpelled(reference, target.node, [...before, name])),
    });
  }
  draft.warnings.push(
    `Node "${node.id}" reads ${text}, but ${nodeLabel(source)} declares no "${key}": it is null where it is missing.`,
  );
  return true;
}

function checkInput(draft: Draft, node: DraftNode, reference: FoundReference): boolean {
  const { target, text } = reference;
  if (target.kind !== 'input') return true;
  const names = [...draft.workflow.inputs.keys()];
  const declared = draft.workflow.inputs.get(target.name);
  if (declared === undefined) {
    return refuse(draft, node, reference, {
      message: `${text} names the workflow input "${target.name}", which is not declared.${didYouMean(target.name, names)}`,
      expected: names.length === 0 ? 'a declaration under /inputs' : `one of: ${names.join(', ')}`,
      candidates: nearest(target.name, names).map((name) => inputSpelled(reference, name)),
    });
  }
  if (declared.type === undefined || target.path.length > 0) return true;
  const type = declared.type === 'integer' ? 'number' : declared.type;
  return checkTypes(draft, node, reference, new Set([type]));
}

function checkFit(draft: Draft, node: DraftNode, reference: FoundReference, output: Schema): boolean {
  const types = jsonTypes(output, 'output');
  if (types !== undefined && !checkTypes(draft, node, reference, types)) return false;
  const given = wireOf(output, 'output');
  const input = destination(node, reference);
  const wanted = input === undefined ? undefined : wireOf(input, 'input');
  if (!reference.isWhole || given === undefined || wanted === undefined || fits(given, wanted)) return true;
  return refuse(draft, node, reference, {
    message: `${reference.text} gives ${describeWire(given)}, but "${reference.path.join('.')}" takes ${describeWire(wanted)}.`,
    expected: describeWire(wanted),
    candidates: [],
  });
}

function checkTypes(
  draft: Draft,
  node: DraftNode,
  reference: FoundReference,
  given: ReadonlySet<JsonType>,
): boolean {
  // What is done with the value decides what comes of it.
  if (reference.within?.isComputed === true) return true;
  const input = destination(node, reference);
  const wanted = !reference.isWhole ? textual : input === undefined ? undefined : jsonTypes(input, 'input');
  if (wanted === undefined || [...given].some((type) => wanted.has(type))) return true;
  const taker = reference.isWhole ? `"${reference.path.join('.')}" takes` : 'a longer string takes only';
  return refuse(draft, node, reference, {
    message: `${reference.text} gives ${[...given].join(' or ')}, but ${taker} ${[...wanted].join(' or ')}.`,
    expected: [...wanted].join(' or '),
    candidates: [],
  });
}

const textual: ReadonlySet<JsonType> = new Set(['string', 'number', 'boolean']);

function destination(node: DraftNode, reference: FoundReference): Schema | undefined {
  if (node.shape === undefined) return undefined;
  const followed = followPath(node.shape.kind.input, reference.path, 'input');
  return followed.found ? followed.schema : undefined;
}

function describeWire(wire: NonNullable<ReturnType<typeof wireOf>>): string {
  if (wire.kind === 'file') return 'a file';
  return wire.types === undefined ? 'an object' : `an object of type ${wire.types.join(' or ')}`;
}
