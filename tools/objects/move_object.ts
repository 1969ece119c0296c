import { z } from 'zod';
import { WwiseFlowError } from '../../src/base/errors.ts';
import { answerRoom } from '../../src/bus/answers/answer-room.ts';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { onNameConflict } from '../../src/bus/objects/child-spec.ts';
import { eachItem, nothingDone, type RefusedItem, refusedItem } from '../../src/bus/objects/each-item.ts';
import { findObject } from '../../src/bus/objects/find-object.ts';
import { leanRef } from '../../src/bus/objects/lean-ref.ts';
import { objectDesignator } from '../../src/bus/objects/object-designator.ts';
import { type FoundObject, referenceIdOf, refOf } from '../../src/bus/objects/object-row.ts';

export const moveObject = defineCommand({
  name: 'move_object',
  title: 'Move objects',
  description:
    'Move objects with everything below them under another parent; references stay. What Wwise refuses is listed.',
  toolset: 'objects',
  effect: 'update',
  examples: [
    {
      title: 'Move a Sound into a container',
      input: {
        objects: ['\\Containers\\Default Work Unit\\Wind'],
        parentPath: '\\Containers\\Default Work Unit\\Steps',
      },
    },
  ],
  waapiCalls: 6,
  input: z.strictObject({
    objects: z.array(objectDesignator('An object.')).min(1).max(500).describe('What to move.'),
    parentPath: objectDesignator('The new parent.'),
    onNameConflict,
  }),
  output: z.object({
    moved: z.array(leanRef.extend({ previousPath: z.string() })),
    total: z.int(),
    failed: z.array(refusedItem),
    notice: z.string().nullable(),
  }),
  async run({ objects, parentPath, onNameConflict: mode }, context) {
    const parent = await findObject(parentPath, context);
    const { done, failed } = await context.oneStep(`Move to ${parent.name}`, async () => {
      const outcome = await eachItem(objects, String, (object) => move(object, parent, mode, context));
      if (outcome.done.length === 0) throw nothingMoved(outcome.failed, parent);
      return outcome;
    });
    const room = answerRoom();
    return {
      failed: room.take('failed', failed, 0.5),
      moved: room.take('moved', done),
      total: done.length,
      notice: room.notice('query_waql lists what is below the parent.'),
    };
  },
});

async function move(object: string, parent: FoundObject, mode: string, context: CommandContext) {
  const found = await findObject(object, context);
  await context.waapi.call('ak.wwise.core.object.move', {
    object: found.id,
    parent: parent.id,
    onNameConflict: mode,
  });
  const after = await findObject(found.id, context, { returns: ['parent'] });
  if (referenceIdOf(after.row.parent) !== parent.id) {
    throw new WwiseFlowError('WAAPI_ERROR', `Wwise accepted the call, but "${after.path}" did not move.`, {
      hint: 'Check that the parent may hold objects of this type.',
    });
  }
  return { ...refOf(after.row), previousPath: found.path };
}

function nothingMoved(failed: readonly RefusedItem[], parent: FoundObject): WwiseFlowError {
  const isConflict = failed.every(({ code }) => code === 'NAME_CONFLICT');
  const hint = 'Set onNameConflict to rename, merge or replace, or rename the objects first.';
  return nothingDone(`Nothing was moved to "${parent.path}"`, failed, isConflict ? hint : undefined);
}
