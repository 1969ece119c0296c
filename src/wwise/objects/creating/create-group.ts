import { z } from 'zod';
import { memoOfCreate } from '../../claims/create-memo.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { childrenOf } from '../finding/children-of.ts';
import { findObject } from '../finding/find-object.ts';
import { leanCreated, newObject, withObjectId } from '../rows/lean-ref.ts';
import { allDiffer, nameField, objectField } from '../rows/object-field.ts';
import type { CreatedRef } from '../rows/object-row.ts';
import { onNameConflict } from './child-spec.ts';
import { createChild } from './create-child.ts';

/** What a group of game syncs is made of. */
export interface GroupKind {
  readonly type: 'SwitchGroup' | 'StateGroup';
  readonly memberType: 'Switch' | 'State';
  readonly home: string;
}

/** Input, output, run and memo of a command that creates a Switch Group or State Group with its members. */
export function groupCreation({ type, memberType, home }: GroupKind) {
  const input = z.strictObject({
    name: nameField(`Name of the ${type}.`),
    parentPath: objectField('Work Unit or folder.').default(home),
    members: z
      .array(nameField(`Name of a ${memberType}.`))
      .max(500)
      .refine(allDiffer, 'must have different names')
      .default([])
      .describe(`Names of its ${memberType}${memberType === 'Switch' ? 'es' : 's; None is always there'}.`),
    onNameConflict,
  });
  const described = async (created: CreatedRef, _input: unknown, context: CommandContext) => ({
    ...withObjectId(created),
    children: await childrenOf(created.id, context),
  });
  return {
    input,
    output: newObject(type).extend({ children: z.array(leanCreated).describe('Its members.') }),
    run: async (asked: z.output<typeof input>, context: CommandContext) => {
      const parent = await findObject(asked.parentPath, context);
      // Wwise gives every State Group a State None of its own.
      const names = asked.members.filter((name) => memberType !== 'State' || name.toLowerCase() !== 'none');
      const members =
        names.length === 0 ? {} : { children: names.map((name) => ({ type: memberType, name })) };
      const { name, onNameConflict: mode } = asked;
      const created = await createChild(parent, { type, name, onNameConflict: mode, members }, context);
      return described(created, asked, context);
    },
    ...memoOfCreate((_: z.output<typeof input>) => type, described),
  };
}
