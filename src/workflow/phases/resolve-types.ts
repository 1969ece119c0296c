import type { Json } from '../../base/json.ts';
import { didYouMean, nearest } from '../../base/nearest.ts';
import { aliasOf } from '../alias.ts';
import { parsedIfText } from '../document/json-text.ts';
import { below } from '../json-pointer.ts';
import { type CommandShape, shapeOf } from '../schema/command-shape.ts';
import type { Draft, DraftNode } from './draft.ts';

/** Finds the command of every node and lays its data out as the command's input. */
export function resolveTypes(draft: Draft): void {
  for (const node of draft.nodes) {
    const command = draft.commands.find(node.type);
    if (command === undefined) reportUnknownType(draft, node);
    else node.shape = shapeOf(command);
    node.input = inputOf(node, node.shape);
  }
}

function reportUnknownType(draft: Draft, node: DraftNode): void {
  if (node.type === '') return;
  const types = draft.commands.commands.flatMap(({ name }) => [aliasOf(name), name]);
  const candidates = nearest(node.type, types);
  const [best] = candidates;
  const pointer = below(node.pointer, 'type');
  draft.report({
    code: 'UNKNOWN_COMMAND',
    message: `Node "${node.id}" has the unknown type "${node.type}".${didYouMean(node.type, types)}`,
    pointer,
    node: node.id,
    expected: `one of: ${draft.commands.commands.map(({ name }) => aliasOf(name)).join(', ')}`,
    ...(candidates.length === 0 ? {} : { didYouMean: candidates }),
    ...(best === undefined ? {} : { suggestion: [{ op: 'replace', path: pointer, value: best }] }),
  });
}

function inputOf(node: DraftNode, shape: CommandShape | undefined): Record<string, Json> {
  const members = Object.entries(node.data).flatMap(([name, value]): [string, Json][] => {
    // React Flow's own nodes show `data.label`.
    if (value === undefined || (name === 'label' && shape?.fields.has('label') === false)) return [];
    return [[name, takesOnlyText(shape, name) ? value : parsedIfText(value)]];
  });
  return Object.fromEntries(members);
}

function takesOnlyText(shape: CommandShape | undefined, name: string): boolean {
  const types = shape?.fields.get(name)?.types;
  return types === undefined || types.has('string') || !(types.has('array') || types.has('object'));
}
