import { WwiseFlowError } from '../../core/errors.ts';
import { asString, type JsonObject } from '../../core/json.ts';
import { tidyDesignator } from '../../wwise/objects/object-designator.ts';
import { type CreatedRef, createdRefOf } from '../../wwise/objects/object-row.ts';
import type { ProjectFacts } from '../../wwise/project-facts.ts';
import type { Aftermath, Fusion, FusionView } from './fusion.ts';

/** What all inputs of a create have. */
interface ChildInput {
  readonly name: string;
  readonly parentPath: string;
}

export interface ChildFusion<I extends ChildInput, O> {
  /** Home of the child when the input names none. */
  readonly home?: string;
  /** False for an input that must be carried out alone. */
  accepts?(raw: JsonObject): boolean;
  /** Other objects the child refers to. */
  targets?(raw: JsonObject): readonly string[];
  readonly returns?: readonly string[];
  /** Type and members of the child, or undefined while a target is not there. */
  describe(
    input: I,
    view: Pick<FusionView, 'find' | 'facts'>,
  ): { readonly type: string; readonly members: JsonObject } | undefined;
  output(created: CreatedRef, after: Aftermath): O;
}

/** A command that makes one child of an object: an entry of object.set. Only with onNameConflict `fail`. */
export function childFusion<I extends ChildInput, O>(child: ChildFusion<I, O>): Fusion<I, O> {
  const parentOf = (raw: JsonObject): string => asString(raw.parentPath) ?? child.home ?? '';
  return {
    call: 'set',
    accepts: (raw) =>
      (raw.onNameConflict === undefined || raw.onNameConflict === 'fail') && child.accepts?.(raw) !== false,
    lanes: (raw) => [{ kind: 'children', of: parentOf(raw) }],
    names: (raw) => ({
      objects: [parentOf(raw), ...(child.targets?.(raw) ?? [])],
      parents: [parentOf(raw)],
    }),
    makes: (raw) => ({ parent: tidyDesignator(parentOf(raw)), name: asString(raw.name) ?? '' }),
    returns: (_raw: JsonObject, _facts: ProjectFacts) => child.returns ?? [],
    prepare: (input, view) => {
      const { name, parentPath } = input;
      const parent = view.find(parentPath);
      if (parent === undefined) return undefined;
      const namesakes = view.namesakes(parent.id, name);
      if (namesakes.some((other) => other.name.toLowerCase() === name.toLowerCase())) throw nameTaken(name);
      const described = child.describe(input, view);
      if (described === undefined) return undefined;
      return {
        change: {
          kind: 'child',
          parentId: parent.id,
          spec: { type: described.type, name, ...described.members },
        },
        before: namesakes.map(({ id }) => id),
        holds: [
          [childKey(parent.id, name), view.nodeId],
          [orderKey(parent.id), 'set'],
        ],
        output: (after) => child.output(createdRefOf(after.row), after),
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
