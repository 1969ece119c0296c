import { toWwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import {
  createChild,
  namesakesBefore,
  parentByPath,
  settleChild,
} from '../../objects/creating/create-child.ts';
import { askRows } from '../../objects/finding/ask-rows.ts';
import { findObjects } from '../../objects/finding/find-object.ts';
import { type CreatedRef, type FoundObject, refReturns } from '../../objects/rows/object-row.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { childBatch } from './child-batch.ts';
import type { NewChild, NewChildInput, NewChildView } from './new-child.ts';

/**
 * Everything of a command that makes a child, from one description: how it is made alone, as many in one call, what is noted
 * before, and how a lost answer is settled.
 */
export function createsChild<I extends NewChildInput, O>(child: NewChild<I, O>) {
  const readsOf = (input: I): readonly string[] => child.reads?.(asJsonObject(input)) ?? [];
  const rowsBelow = async (
    { id }: CreatedRef,
    input: I,
    context: CommandContext,
  ): Promise<readonly JsonObject[]> => {
    const which = child.below?.(input);
    if (which === undefined) return [];
    return askRows(
      `$ "${id}" select ${which}`,
      [...refReturns, 'parent', ...(child.returns ?? []), ...readsOf(input)],
      context,
    );
  };
  return {
    run: async (input: I, context: CommandContext): Promise<O> => {
      const { name, parentPath, onNameConflict } = input;
      const targets = child.targets?.(asJsonObject(input)) ?? [];
      const isMerged = onNameConflict === 'merge' && child.missing !== undefined;
      const byPath = targets.length > 0 || isMerged ? undefined : await parentByPath(parentPath, context);
      const [looked, ...found] =
        byPath === undefined ? await findObjects([parentPath, ...targets], context) : [];
      const parent = byPath ?? looked;
      if (parent === undefined) throw new Error(`"${parentPath}" was not found.`);
      const facts = await context.project();
      const taken = (await child.asTaken?.(input, facts, context)) ?? input;
      const view = { facts, target: targetAmong(targets, found) };
      const members =
        isMerged && looked !== undefined && child.missing !== undefined
          ? await child.missing(taken, looked, view, context)
          : child.members(taken, view);
      const spec = { type: child.type(input, facts), name, onNameConflict, members };
      const { row, ...created } = await createChild(parent, spec, context, readsOf(input)).catch(
        async (thrown: unknown) => {
          const error = toWwiseFlowError(thrown);
          throw (await child.refused?.(error, taken, facts, context)) ?? error;
        },
      );
      return child.output(created, await rowsBelow(created, input, context), input, row);
    },
    before: ({ parentPath, name, onNameConflict }: I, context: CommandContext): Promise<Json> =>
      namesakesBefore(parentPath, name, context, onNameConflict),
    settle: async (input: I, before: Json, context: CommandContext): Promise<O | null> => {
      const { parentPath: parent, name, onNameConflict } = input;
      const type = child.type(input, await context.project());
      const created = await settleChild({ parent, name, type, onNameConflict, before }, context);
      return created === null
        ? null
        : child.output(created, await rowsBelow(created, input, context), input, {});
    },
    batch: childBatch(child),
  };
}

function targetAmong(designators: readonly string[], found: readonly FoundObject[]): NewChildView['target'] {
  return (designator) => {
    const target = found[designators.indexOf(designator)];
    if (target === undefined) throw new Error(`"${designator}" is none of the targets.`);
    return target;
  };
}
