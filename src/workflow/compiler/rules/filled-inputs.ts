import type { Json } from '../../../core/json.ts';
import type { WireKind } from '../../../core/wiring.ts';
import { below } from '../../document/json-pointer.ts';
import { showValue } from '../../runtime/values/show-value.ts';
import { type Draft, type DraftNode, type InputGap, nodeLabel } from '../phases/draft.ts';
import type { PatchOperation } from '../problem.ts';
import { fits, type InputField, shapeOf } from '../schema/node-shape.ts';

/** Law: every required input has one value: written, brought by an edge, or taken from the one nearest output that fits. */
export function checkFilledInputs(draft: Draft): void {
  for (const gap of draft.gaps) {
    if (gap.kind === 'missing') reportMissing(draft, gap);
    else if (gap.kind === 'ambiguous') reportAmbiguous(draft, gap);
    else if (gap.kind === 'contradicted') reportContradicted(draft, gap);
    else for (const problem of gap.problems) draft.report(problem);
  }
}

type Gap<K extends InputGap['kind']> = Extract<InputGap, { readonly kind: K }>;

function reportMissing(
  draft: Draft,
  { node, groups, candidates, pointer = node.dataPointer }: Gap<'missing'>,
): void {
  const lacking = groups.map((group) => group.map(({ name }) => `"${name}"`).join(' and ')).join(', or ');
  const [field] = groups.flat();
  const [best] = candidates;
  draft.report({
    code: 'MISSING_INPUT',
    message: `Node ${nodeLabel(node)} lacks ${lacking}${isWirable(groups) ? ', and nothing upstream gives it' : ''}.`,
    pointer:
      groups.length === 1 && field !== undefined && pointer === node.dataPointer
        ? below(pointer, field.name)
        : pointer,
    node: node.id,
    expected: groups
      .map((group) => group.map((lacked) => expectation(draft, lacked)).join('; '))
      .join('; or '),
    ...(best === undefined ? {} : { didYouMean: candidates }),
    ...(best === undefined || field === undefined ? {} : { suggestion: [setInput(node, field.name, best)] }),
  });
}

function reportAmbiguous(
  draft: Draft,
  { node, field, candidates, pointer = below(node.dataPointer, field.name) }: Gap<'ambiguous'>,
): void {
  const [first = ''] = candidates;
  draft.report({
    code: 'AMBIGUOUS_INPUT',
    message: `Node ${nodeLabel(node)} lacks "${field.name}", and several outputs upstream could give it: ${candidates.join(', ')}.`,
    pointer,
    node: node.id,
    expected: `one of the candidates as the value of "${field.name}"`,
    didYouMean: candidates,
    suggestion: [setInput(node, field.name, first)],
  });
}

/** An edge may bring an input the value it has already, but no other. */
function reportContradicted(
  draft: Draft,
  { node, field, brought, pointer = below(node.dataPointer, field.name) }: Gap<'contradicted'>,
): void {
  draft.report({
    code: 'WORKFLOW_INVALID',
    message: `Node ${nodeLabel(node)} has "${field.name}": ${showValue(node.input[field.name])}, but an edge brings it ${brought}.`,
    pointer,
    node: node.id,
    expected: 'one value: drop it from the node, or the targetHandle from the edge',
  });
}

function isWirable(groups: readonly (readonly InputField[])[]): boolean {
  return groups.some((group) => group.length > 0 && group.every(({ wire }) => wire !== undefined));
}

function expectation(draft: Draft, field: InputField): string {
  const { wire, name } = field;
  if (wire === undefined) return `"${name}": ${descriptionOf(field)}`;
  const givers = draft.kinds.all.filter((kind) =>
    shapeOf(kind).outputs.some((output) => fits(output.wire, wire)),
  );
  const names = givers.slice(0, 5).map(({ type, aliases: [alias = type] }) => alias);
  if (names.length === 0) return `"${name}": ${descriptionOf(field)}`;
  return `"${name}": ${describeWire(wire)}, or an edge from a node that gives one (${names.join(', ')})`;
}

function descriptionOf(field: InputField): string {
  const described = 'description' in field.schema ? field.schema.description : undefined;
  if (typeof described === 'string') return described;
  return field.types === undefined ? 'a value' : [...field.types].join(' or ');
}

function describeWire(wire: WireKind): string {
  if (wire.kind === 'file') return 'a file';
  return wire.types === undefined ? 'an object' : `an object of type ${wire.types.join(' or ')}`;
}

/** A node may have no data yet, and JSON Patch adds no parents. */
function setInput(node: DraftNode, name: string, value: Json): PatchOperation {
  const isBare = Object.keys(node.data).length === 0;
  if (isBare) return { op: 'add', path: node.dataPointer, value: { [name]: value } };
  return { op: 'add', path: below(node.dataPointer, name), value };
}
