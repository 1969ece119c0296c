import { z } from 'zod';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import type { WwiseFlowError } from '../../src/core/errors.ts';
import { type Claim, nothingAt, stillNamed } from '../../src/wwise/claims/claim.ts';
import {
  eachItem,
  type ItemOutcomes,
  nothingDone,
  type RefusedItem,
  refusedItem,
} from '../../src/wwise/objects/changes/each-item.ts';
import { orRefusal } from '../../src/wwise/objects/changes/or-refusal.ts';
import { transferConflict } from '../../src/wwise/objects/creating/child-spec.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { refuseSavingAlong } from '../../src/wwise/objects/creating/work-units-at-once.ts';
import { findObject, findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import {
  createdRef,
  createdRefOf,
  type FoundObject,
  type ObjectRef,
  referenceIdOf,
  refOf,
} from '../../src/wwise/objects/rows/object-row.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const moveObject = defineCommand({
  name: 'move_object',
  title: 'Move objects',
  description: 'Move objects with everything below them under another parent; references stay.',
  toolset: 'objects',
  effect: 'update',
  replaces: replacesWhatLiesThere,
  revert: {
    calls: 'What it moved goes back to where it was, under the name it had there.',
    except: `The order of children, and what it replaced, come back ${exactlyOrByUndo}`,
  },
  examples: [
    {
      title: 'Move a Sound into a container',
      input: {
        objectIds: ['\\Containers\\Default Work Unit\\Wind'],
        parentPath: '\\Containers\\Default Work Unit\\Steps',
      },
    },
  ],
  formerInputs: { objects: 'objectIds', objectId: 'objectIds[]' },
  waapiCalls: 16,
  input: z.strictObject({
    objectIds: z.array(objectDesignator('An object.')).min(1).max(500).describe('What to move.'),
    parentPath: objectDesignator('The new parent.'),
    onNameConflict: transferConflict.default('fail').describe('If taken; replace deletes the old.'),
  }),
  output: z.object({
    parent: leanRef,
    moved: z.array(leanRef.extend({ previousPath: z.string() })),
    total: z.int(),
    failed: z.array(refusedItem),
    notice: z.string().nullable(),
  }),
  async run({ objectIds: objects, parentPath, onNameConflict: mode }, context) {
    const parent = await findObject(parentPath, context);
    // Before the first: what it moves is unsaved afterwards.
    const found = await lookFor(objects, context, ['parent']);
    const ids = found.flatMap((one) => one?.id ?? []);
    await refuseSavingAlong(ids, `Moving to "${parent.path}"`, context);
    const wanted = objects.map((object, at) => ({ object, found: found[at] }));
    const outcome = await context.oneStep(`Move to ${parent.name}`, async () => {
      const each = await moveAll(wanted, parent, mode, context);
      if (each.done.length === 0) throw nothingMoved(each.failed, parent);
      return each;
    });
    return answerOf(outcome, parent);
  },
  achieved: ({ objectIds: objects, parentPath }, { parent, moved, failed }) => {
    // Of objects that could not be moved, were there before or are not named nothing can be said later.
    if (failed.length > 0 || moved.length < objects.length) return [];
    return [
      ...moved.map(({ id }): Claim => ({ kind: 'exists', id, parentId: parent.id })),
      ...objects.flatMap(nothingAt),
      ...stillNamed(parentPath, parent.id),
    ];
  },
  async before({ objectIds: objects, parentPath }, context) {
    const [parent] = await lookFor([parentPath], context);
    if (parent === undefined) return null;
    const found = await lookFor(objects, context, ['parent']);
    return {
      parentId: parent.id,
      places: found.map((one) => (one === undefined ? null : { ...createdRefOf(one.row) })),
    };
  },
  /** Cut off between two of its moves, it moves the rest: by the paths of the input the first are found no more. */
  async settle({ objectIds: objects, onNameConflict: mode }, before, context) {
    const known = placesBefore.safeParse(before);
    if (!known.success) return null;
    const { parentId, places } = known.data;
    const away = places.flatMap((one) => (one === null || one.parentId === parentId ? [] : [one.id]));
    const now = await lookFor(away, context, ['parent']);
    if (!now.some((one) => referenceIdOf(one?.row.parent) === parentId)) return null;
    const parent = await findObject(parentId, context);
    const found = new Map(now.flatMap((one) => (one === undefined ? [] : [[one.id, one] as const])));
    const wanted = objects.map((object, at): Wanted => {
      const former = places[at] ?? null;
      return { object, found: found.get(former?.id ?? ''), previousPath: former?.path };
    });
    const outcome = await context.oneStep(`Move to ${parent.name}`, () =>
      moveAll(wanted, parent, mode, context),
    );
    return answerOf(outcome, parent);
  },
});

/** Where the objects were before the first was moved; null for what was not found. */
const placesBefore = z.object({ parentId: z.string(), places: z.array(createdRef.nullable()) });

/** What these designators name, in the same order; what is not there is reported when it is to be moved. */
async function lookFor(
  objects: readonly string[],
  context: CommandContext,
  returns: readonly string[] = [],
): Promise<readonly (FoundObject | undefined)[]> {
  if (objects.length === 0) return [];
  const all = await orRefusal(() => findObjects(objects, context, { returns }));
  if ('done' in all) return all.done;
  const found: (FoundObject | undefined)[] = [];
  for (const object of objects) {
    const one = await orRefusal(() => findObject(object, context, { returns }));
    found.push('done' in one ? one.done : undefined);
  }
  return found;
}

function answerOf({ done, failed }: ItemOutcomes<MovedObject>, parent: FoundObject) {
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
}

interface MovedObject extends ObjectRef {
  readonly previousPath: string;
}

interface Wanted {
  readonly object: string;
  /** What it names, where that was looked up. */
  readonly found: FoundObject | undefined;
  /** Where it was, where that is known of earlier. */
  readonly previousPath?: string | undefined;
}

/** One call for each object, and one query that reads back where all of them are. */
async function moveAll(
  wanted: readonly Wanted[],
  parent: FoundObject,
  mode: string,
  context: CommandContext,
): Promise<ItemOutcomes<MovedObject>> {
  const sent = new Set<string>();
  const { done, failed } = await eachItem(
    wanted,
    ({ object }) => object,
    async ({ object, found: seen, previousPath }) => {
      const found = seen ?? (await findObject(object, context, { returns: ['parent'] }));
      const isThere = sent.has(found.id) || referenceIdOf(found.row.parent) === parent.id;
      const item = { object, found, previousPath: previousPath ?? (isThere ? undefined : found.path) };
      if (isThere) return item;
      await context.waapi.call('ak.wwise.core.object.move', {
        object: found.id,
        parent: parent.id,
        onNameConflict: mode,
      });
      sent.add(found.id);
      return item;
    },
  );
  const ids = [...new Set(done.map(({ found }) => found.id))];
  const rows = new Map(
    (await lookFor(ids, context, ['parent'])).map((one) => [one?.id ?? '', one?.row ?? {}]),
  );
  const arrived: MovedObject[] = [];
  for (const { object, found, previousPath } of done) {
    const row = rows.get(found.id) ?? {};
    const ref = refOf(row);
    if (referenceIdOf(row.parent) === parent.id)
      arrived.push({ ...ref, previousPath: previousPath ?? ref.path });
    else failed.push({ object, error: notThere(found), code: 'WAAPI_ERROR' });
  }
  return { done: arrived, failed };
}

function notThere({ path }: FoundObject): string {
  return `Wwise accepted the call, but "${path}" did not move: check that the parent may hold objects of its type.`;
}

function nothingMoved(failed: readonly RefusedItem[], parent: FoundObject): WwiseFlowError {
  const isConflict = failed.every(({ code }) => code === 'NAME_CONFLICT');
  const isRoot = parent.path.lastIndexOf('\\') === 0;
  const conflictHint = 'Set onNameConflict to rename or replace, or rename the objects first.';
  const rootHint = 'A root folder holds only Work Units: give one of those below it as parentPath.';
  const hint = isConflict ? conflictHint : isRoot ? rootHint : undefined;
  return nothingDone(`Nothing was moved to "${parent.path}"`, failed, hint);
}
