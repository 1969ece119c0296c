import type { z } from 'zod';
import type { Json } from '../../core/json.ts';
import type { nameConflict } from '../objects/creating/child-spec.ts';
import { namesakesBefore, settleChild } from '../objects/creating/create-child.ts';
import type { CreatedRef } from '../objects/rows/object-row.ts';
import type { CommandContext } from '../wwise-command.ts';
import { type Claim, stillNamed } from './claim.ts';

interface NewChild {
  readonly name: string;
  readonly parentPath: string;
  readonly onNameConflict: z.output<typeof nameConflict>;
}

export interface CreatedChild {
  readonly id: string;
  readonly type: string;
  readonly parentId: string;
  readonly name: string;
  readonly children?:
    | readonly {
        readonly id: string;
        readonly name: string;
        readonly type: string;
        readonly parentId: string;
      }[]
    | undefined;
}

/** The claim that a created object is there, under the parent and with the name it was given. */
export function isMade({ id, name, type, parentId }: Omit<CreatedChild, 'children'>): Claim {
  return { kind: 'exists', id, type, parentId, name };
}

/** What must still hold of what a create made. `asks`: what the input asks for beside the object and its children. */
export function achievedByCreate<I extends Pick<NewChild, 'parentPath'>, O extends CreatedChild>(
  asks: (input: I, made: O) => readonly Claim[],
) {
  return (input: I, made: O): readonly Claim[] => [
    isMade(made),
    ...(made.children ?? []).map(isMade),
    ...stillNamed(input.parentPath, made.parentId),
    ...asks(input, made),
  ];
}

/**
 * What the memo needs of a command that creates one object of a known type under `parentPath`, perhaps with children:
 * what must still hold, what to note before, and how to settle a lost answer. `asks`: what else the input asks for.
 */
export function memoOfCreate<I extends NewChild, O extends CreatedChild>(
  typeOf: (input: I) => string,
  describe: (created: CreatedRef, input: I, context: CommandContext) => Promise<O>,
  asks: (input: I, made: O) => readonly Claim[] = () => [],
) {
  return {
    achieved: achievedByCreate(asks),
    before: ({ parentPath, name }: I, context: CommandContext): Promise<Json> =>
      namesakesBefore(parentPath, name, context),
    settle: async (input: I, before: Json, context: CommandContext): Promise<O | null> => {
      const { parentPath: parent, name, onNameConflict } = input;
      const created = await settleChild(
        { parent, name, type: typeOf(input), onNameConflict, before },
        context,
      );
      return created === null ? null : describe(created, input, context);
    },
  };
}
