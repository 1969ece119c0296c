import { z } from 'zod';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import {
  ignoreUnreadable,
  previewsOrIgnoresUnreadable,
  unreadableOutput,
} from '../../src/core/backend/project-files.ts';
import { confirmationRequired } from '../../src/core/dispatch/checks/confirmation.ts';
import {
  eachItem,
  nothingDone,
  type RefusedItem,
  refusedItem,
} from '../../src/wwise/objects/changes/each-item.ts';
import { stillThere } from '../../src/wwise/objects/changes/not-kept.ts';
import { refuseSavingAlong } from '../../src/wwise/objects/creating/work-units-at-once.ts';
import { findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { unusedKind, unusedObjects } from '../../src/wwise/objects/references/unused-objects.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import type { ObjectRef } from '../../src/wwise/objects/rows/object-row.ts';
import { comesBackUnlessWorkUnit } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const removeUnused = defineCommand({
  name: 'remove_unused',
  title: 'Remove unused objects',
  description:
    'Delete what find_unused lists, in one undo step. Without confirm: true, or with preview, they are only listed.',
  toolset: 'batch',
  effect: 'destroy',
  profile: 'builder',
  revert: comesBackUnlessWorkUnit,
  memo: { never: 'What is unused depends on what the project holds at the time.' },
  reliesOnWholeProject: 'deletes',
  toleratesUnreadable: previewsOrIgnoresUnreadable,
  examples: [{ title: 'Delete unused sounds', input: { kind: 'audio', confirm: true } }],
  waapiCalls: 44,
  input: z.strictObject({
    kind: unusedKind,
    under: objectDesignator('Only below this.').optional(),
    except: z
      .array(objectDesignator(''))
      .max(500)
      .default([])
      .describe('What stays, with all below it and what holds it.'),
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
  async run({ kind, under, except, preview, confirm }, context) {
    const kept = except.length === 0 ? [] : await findObjects(except, context);
    const unused = (await unusedObjects(kind, under, context)).filter(
      ({ path }) => !kept.some((object) => touches(object.path, path)),
    );
    const objects = unused.map(({ below: _, ...object }) => object);
    if (preview || unused.length === 0) return { ...listed(objects, []), changed: false };
    if (!confirm) {
      throw confirmationRequired(`${unused.length} objects would be deleted.`, {
        hint: 'Check details.objects, then call again with confirm: true.',
        details: { total: unused.length, objects: answerRoom().take('objects', objects) },
      });
    }
    const ids = unused.map(({ id }) => id);
    await refuseSavingAlong(ids, 'Deleting what is unused', context);
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

/** One of the two holds the other, or is it: what holds something that stays is not deleted either. */
function touches(one: string, other: string): boolean {
  const [a, b] = [`${one}\\`.toLowerCase(), `${other}\\`.toLowerCase()];
  return a.startsWith(b) || b.startsWith(a);
}

function listed(objects: readonly ObjectRef[], failed: readonly RefusedItem[]) {
  const room = answerRoom();
  return {
    failed: room.take('failed', failed, 0.5),
    removed: room.take('removed', objects),
    total: objects.length,
    notice: room.notice('find_unused pages through what is unused.'),
  };
}
