import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, asString, type JsonObject } from '../../../core/json.ts';
import { tidyDesignator } from '../../objects/finding/object-designator.ts';
import { createdRefOf, type FoundObject } from '../../objects/rows/object-row.ts';
import { type Batch, makingCalls } from './batch.ts';
import type { NewChild, NewChildInput } from './new-child.ts';

/** How calls that make one child each share one: as entries of object.set. Only with onNameConflict `fail`. */
export function childBatch<I extends NewChildInput, O>(child: NewChild<I, O>): Batch<I, O> {
  const parentOf = (raw: JsonObject): string => asString(raw.parentPath) ?? child.home ?? '';
  const others = (raw: JsonObject): readonly string[] => [
    ...(child.targets?.(raw) ?? []),
    ...(child.waitsFor?.(raw) ?? []),
  ];
  return {
    calls: makingCalls,
    accepts: (raw) =>
      (raw.onNameConflict === undefined || raw.onNameConflict === 'fail') && child.shares?.(raw) !== false,
    lanes: (raw) => [{ kind: 'children', of: parentOf(raw) }],
    names: (raw) => ({ objects: [parentOf(raw), ...others(raw)], parents: [parentOf(raw)] }),
    makes: (raw) => ({ parent: tidyDesignator(parentOf(raw)), name: asString(raw.name) ?? '' }),
    made: ['id', 'objectId', 'path'],
    returns: (raw) => [...(child.returns ?? []), ...(child.reads?.(raw) ?? [])],
    prepare: (input, view) => {
      const { name, parentPath } = input;
      const parent = view.find(parentPath);
      if (parent === undefined) return undefined;
      const namesakes = view.namesakes(parent.id, name);
      if (namesakes.some((other) => other.name.toLowerCase() === name.toLowerCase())) throw nameTaken(name);
      const found = new Map(others(asJsonObject(input)).map((each) => [each, view.find(each)]));
      if ([...found.values()].includes(undefined)) return undefined;
      const target = (designator: string): FoundObject => found.get(designator) ?? parent;
      const members = child.members(input, { facts: view.facts, target });
      return {
        change: {
          kind: 'child',
          parentId: parent.id,
          spec: { type: child.type(input, view.facts), name, ...members },
        },
        before: namesakes.map(({ id }) => id),
        holds: [
          [childKey(parent.id, name), view.nodeId],
          [orderKey(parent.id), 'set'],
        ],
        output: ({ row, children }) => child.output(createdRefOf(row), children, input, row),
      };
    },
  };
}

/** The name of a child. */
export function childKey(parentId: string, name: string): string {
  return `${parentId}\\${name}`.toLowerCase();
}

/** The order of the children: calls of two kinds would mix it up. */
export function orderKey(parentId: string): string {
  return `${parentId}/children`;
}

function nameTaken(name: string): WwiseFlowError {
  return new WwiseFlowError('NAME_CONFLICT', `The name "${name}" is taken.`, {
    hint: 'Choose another name.',
  });
}
