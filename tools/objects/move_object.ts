import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { type Claim, nothingAt, stillNamed } from '../../src/bus/memo/claim.ts';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { onNameConflict } from '../../src/wwise/objects/child-spec.ts';
import { eachItem, nothingDone, type RefusedItem, refusedItem } from '../../src/wwise/objects/each-item.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { leanRef } from '../../src/wwise/objects/lean-ref.ts';
import { objectDesignator } from '../../src/wwise/objects/object-designator.ts';
import { type FoundObject, referenceIdOf, refOf } from '../../src/wwise/objects/object-row.ts';

export const moveObject = defineCommand({
  name: 'move_object',
  title: 'Move objects',
  description: 'Move objects with everything below them under another parent; references stay.',
  toolset: 'objects',
  effect: 'update',
  revert: {
    calls: 'What it moved goes back to where it was, under the name it had there.',
    except: 'The order of children, and what it replaced, come back through Undo in Wwise only.',
  },
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
    parent: leanRef,
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
    const moved = done.filter(({ path, previousPath }) => path !== previousPath);
    const there = done.length - moved.length;
    const shown = { failed: room.take('failed', failed, 0.5), moved: room.take('moved', moved) };
    const notices = [
      there === 0 ? [] : `${there} of the objects ${there === 1 ? 'was' : 'were'} there already.`,
      room.notice('query_waql lists what is below the parent.') ?? [],
    ].flat();
    return {
      parent: refOf(parent.row),
      ...shown,
      total: moved.length,
      notice: notices.length === 0 ? null : notices.join(' '),
    };
  },
  achieved: ({ objects, parentPath }, { parent, moved, failed }) => {
    // Of objects that could not be moved, were there before or are not named nothing can be said later.
    if (failed.length > 0 || moved.length < objects.length) return [];
    return [
      ...moved.map(({ id }): Claim => ({ kind: 'exists', id, parentId: parent.id })),
      ...objects.flatMap(nothingAt),
      ...stillNamed(parentPath, parent.id),
    ];
  },
});

async function move(object: string, parent: FoundObject, mode: string, context: CommandContext) {
  const found = await findObject(object, context, { returns: ['parent'] });
  if (referenceIdOf(found.row.parent) === parent.id) return { ...refOf(found.row), previousPath: found.path };
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
  const isRoot = parent.path.lastIndexOf('\\') === 0;
  const conflictHint = 'Set onNameConflict to rename, merge or replace, or rename the objects first.';
  const rootHint = 'A root folder holds only Work Units: give one of those below it as parentPath.';
  const hint = isConflict ? conflictHint : isRoot ? rootHint : undefined;
  return nothingDone(`Nothing was moved to "${parent.path}"`, failed, hint);
}
