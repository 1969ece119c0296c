import { z } from 'zod';
import { WwiseFlowError } from '../../src/base/errors.ts';
import { defineCommand } from '../../src/bus/command.ts';
import { eachItem, refusedItem } from '../../src/bus/objects/each-item.ts';
import { leanRef } from '../../src/bus/objects/lean-ref.ts';
import { stillThere } from '../../src/bus/objects/not-kept.ts';
import { objectDesignator } from '../../src/bus/objects/object-designator.ts';
import { unusedKind, unusedObjects } from '../../src/bus/objects/unused-objects.ts';

/** Objects an answer names; the others are counted. */
const mostListed = 100;

export const removeUnused = defineCommand({
  name: 'remove_unused',
  title: 'Remove unused objects',
  description:
    'Delete what find_unused lists, in one undo step. Without confirm: true, or with preview, they are only listed.',
  toolset: 'batch',
  effect: 'destroy',
  examples: [{ title: 'Delete unused sounds', input: { kind: 'audio', confirm: true } }],
  waapiCalls: 30,
  input: z.strictObject({
    kind: unusedKind,
    under: objectDesignator('Only below this.').optional(),
    preview: z.boolean().default(false).describe('Only list.'),
    confirm: z.boolean().default(false).describe('Delete them.'),
  }),
  output: z.object({
    removed: z.array(leanRef),
    total: z.int(),
    changed: z.boolean(),
    failed: z.array(refusedItem),
    notice: z.string().nullable(),
  }),
  async run({ kind, under, preview, confirm }, context) {
    const unused = await unusedObjects(kind, under, context);
    const listed = unused.slice(0, mostListed).map(({ below: _, ...object }) => object);
    const notice =
      unused.length > mostListed
        ? `The first ${mostListed} are listed; find_unused pages through all.`
        : null;
    if (preview || unused.length === 0) {
      return { removed: listed, total: unused.length, changed: false, failed: [], notice };
    }
    if (!confirm) {
      throw new WwiseFlowError('CONFIRMATION_REQUIRED', `${unused.length} objects would be deleted.`, {
        hint: 'Check details.objects, then call again with confirm: true.',
        details: { total: unused.length, objects: listed },
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
    const total = done.length - refused.length;
    const gone = new Set(done.filter(({ id }) => !left.has(id)).map(({ id }) => id));
    const removed = listed.filter(({ id }) => gone.has(id));
    return { removed, total, changed: total > 0, failed: [...failed, ...refused], notice };
  },
});
