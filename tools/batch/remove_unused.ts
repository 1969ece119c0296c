import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { ignoreUnreadable, unreadableOutput } from '../../src/wwise/files/project-files.ts';
import { eachItem, nothingDone, type RefusedItem, refusedItem } from '../../src/wwise/objects/each-item.ts';
import { leanRef } from '../../src/wwise/objects/lean-ref.ts';
import { stillThere } from '../../src/wwise/objects/not-kept.ts';
import { objectDesignator } from '../../src/wwise/objects/object-designator.ts';
import type { ObjectRef } from '../../src/wwise/objects/object-row.ts';
import { unusedKind, unusedObjects } from '../../src/wwise/objects/unused-objects.ts';
import { onlyByUndo } from '../../src/wwise/undo/revert.ts';

export const removeUnused = defineCommand({
  name: 'remove_unused',
  title: 'Remove unused objects',
  description:
    'Delete what find_unused lists, in one undo step. Without confirm: true, or with preview, they are only listed.',
  toolset: 'batch',
  effect: 'destroy',
  revert: onlyByUndo,
  memo: { never: 'What is unused depends on what the project holds at the time.' },
  reliesOnWholeProject: 'deletes',
  examples: [{ title: 'Delete unused sounds', input: { kind: 'audio', confirm: true } }],
  waapiCalls: 30,
  input: z.strictObject({
    kind: unusedKind,
    under: objectDesignator('Only below this.').optional(),
    preview: z.boolean().default(false).describe('Only list.'),
    confirm: z.boolean().default(false).describe('Delete them.'),
    ignoreUnreadable,
  }),
  output: z.object({
    removed: z.array(leanRef),
    total: z.int(),
    changed: z.boolean(),
    failed: z.array(refusedItem),
    notice: z.string().nullable(),
    ...unreadableOutput,
  }),
  async run({ kind, under, preview, confirm }, context) {
    const unused = await unusedObjects(kind, under, context);
    const objects = unused.map(({ below: _, ...object }) => object);
    if (preview || unused.length === 0) return { ...listed(objects, []), changed: false };
    if (!confirm) {
      throw new WwiseFlowError('CONFIRMATION_REQUIRED', `${unused.length} objects would be deleted.`, {
        hint: 'Check details.objects, then call again with confirm: true.',
        details: { total: unused.length, objects: answerRoom().take('objects', objects) },
      });
    }
    const { done, failed } = await context.oneStep(`Remove unused ${kind}`, () =>
      eachItem(
        unused,
        ({ path }) => path,
        async (object) => {
          await context.waapi.call('ak.wwise.core.object.delete', { object: object.id });
          return object;
        },
      ),
    );
    const left = new Set(
      await stillThere(
        done.map(({ id }) => id),
        context,
      ),
    );
    const refused = done
      .filter(({ id }) => left.has(id))
      .map(({ path }) => ({
        object: path,
        error: 'Wwise accepted the call, but it is still there.',
        code: 'WAAPI_ERROR',
      }));
    const deleted = new Set(done.map(({ id }) => id));
    const gone = objects.filter(({ id }) => deleted.has(id) && !left.has(id));
    const all = [...failed, ...refused];
    if (gone.length === 0) throw nothingDone('Nothing was deleted', all);
    return { ...listed(gone, all), changed: true };
  },
});

function listed(objects: readonly ObjectRef[], failed: readonly RefusedItem[]) {
  const room = answerRoom();
  return {
    failed: room.take('failed', failed, 0.5),
    removed: room.take('removed', objects),
    total: objects.length,
    notice: room.notice('find_unused pages through what is unused.'),
  };
}
