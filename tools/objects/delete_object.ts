import { z } from 'zod';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import {
  ignoreUnreadable,
  saysIgnoreUnreadable,
  unreadableOutput,
} from '../../src/core/backend/project-files.ts';
import { confirmationRequired, refuseWide } from '../../src/core/dispatch/checks/confirmation.ts';
import type { WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, isJsonObject } from '../../src/core/json.ts';
import { notKept, stillThere } from '../../src/wwise/objects/changes/not-kept.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { refuseSavingAlong } from '../../src/wwise/objects/creating/work-units-at-once.ts';
import { findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { isGuid, objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { type Referrer, referrersOf } from '../../src/wwise/objects/references/referrers.ts';
import { type ObjectRef, objectRef, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { comesBackUnlessWorkUnit } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const deleteObject = defineCommand({
  name: 'delete_object',
  title: 'Delete objects',
  description:
    'Delete objects and all below them, in one step; referenced ones need confirm: true. undo restores all but Work Units.',
  toolset: 'objects',
  effect: 'destroy',
  reliesOnWholeProject: 'deletes',
  toleratesUnreadable: saysIgnoreUnreadable,
  revert: comesBackUnlessWorkUnit,
  examples: [
    {
      title: 'Delete a Sound nothing refers to',
      input: { objectIds: ['\\Containers\\Default Work Unit\\Wind'] },
    },
    {
      title: 'Delete a container although an Event plays it',
      input: { objectIds: ['\\Containers\\Default Work Unit\\Steps'], confirm: true },
    },
  ],
  formerInputs: { objectId: 'objectIds[]' },
  waapiCalls: 9,
  input: z.strictObject({
    objectIds: z.array(objectDesignator('An object.')).min(1).max(500).describe('One or many.'),
    confirm: z.boolean().default(false).describe('Despite references.'),
    ignoreUnreadable,
  }),
  output: z.object({
    objects: z.array(objectRef).describe('What was deleted, without what lay below another of them.'),
    total: z.int(),
    descendants: z.int().describe('Objects below them, deleted with them.'),
    lostReferences: z.int().describe('References that point at nothing now.'),
    deletedFiles: z.int().optional().describe('Work Units.'),
    notice: z.string().nullable(),
    ...unreadableOutput,
  }),
  async run({ objectIds, confirm }, context) {
    const found = topmost((await findObjects(objectIds, context)).map(({ row }) => refOf(row)));
    const below = await idsBelow(found, context);
    const referrers = await referrersFromOutside([...found.map(({ id }) => id), ...below], context);
    if (referrers.length > 0 && !confirm) throw stillReferredTo(found, referrers);
    refuseWide(
      found.length + below.length,
      `Deleting ${found.length === 1 ? `"${found[0]?.path}"` : `${found.length} objects`}`,
      {
        isConfirmed: confirm || context.isConfirmed,
      },
    );
    // A root folder is refused for what it is.
    const withoutRoots = found.filter(({ path }) => path.lastIndexOf('\\') > 0).map(({ id }) => id);
    const what = found.length === 1 ? `"${found[0]?.path}"` : `${found.length} objects`;
    const workUnits = await refuseSavingAlong(withoutRoots, `Deleting ${what}`, context);
    await deleteAll(found, context);
    const room = answerRoom();
    return {
      objects: room.take('objects', found),
      total: found.length,
      descendants: below.length,
      lostReferences: referrers.length,
      ...(workUnits === 0 ? {} : { deletedFiles: workUnits }),
      notice: room.notice('All of them were deleted.'),
    };
  },
  achieved: ({ objectIds }, { objects, total }) => {
    // Of what the answer had no room for, and of what lay below another, nothing can be said later.
    if (objects.length < total || total !== objectIds.length) return [];
    return objects.map(({ id }, at) => {
      const designator = objectIds[at] ?? '';
      return { kind: 'gone', id, ...(isGuid(designator) ? {} : { path: designator }) };
    });
  },
  async before({ objectIds }, context) {
    return (await findObjects(objectIds, context)).map(({ row }) => ({ ...refOf(row) }));
  },
  /** Cut off between two of its deletions, it deletes the rest. */
  async settle(_input, before, context) {
    const known = z.array(objectRef).safeParse(before);
    if (!known.success || known.data.length === 0) return null;
    const objects = topmost(known.data);
    const left = await stillThere(
      objects.map(({ id }) => id),
      context,
    );
    if (left.length === objects.length) return null;
    await deleteAll(
      objects.filter(({ id }) => left.includes(id)),
      context,
    );
    const room = answerRoom();
    const shown = room.take('objects', objects);
    const notice = room.notice('All of them were deleted.');
    return { objects: shown, total: objects.length, descendants: 0, lostReferences: 0, notice };
  },
});

/** Each once, and without what goes with another of them. */
function topmost(objects: readonly ObjectRef[]): readonly ObjectRef[] {
  const paths = new Set(objects.map(({ path }) => path.toLowerCase()));
  const isBelowAnother = ({ path }: ObjectRef): boolean => {
    const parts = path.toLowerCase().split('\\');
    return parts.some(
      (_, at) => at > 0 && at < parts.length - 1 && paths.has(parts.slice(0, at + 1).join('\\')),
    );
  };
  return [...new Map(objects.map((object) => [object.id, object])).values()].filter(
    (one) => !isBelowAnother(one),
  );
}

async function idsBelow(
  objects: readonly ObjectRef[],
  { waapi }: CommandContext,
): Promise<readonly string[]> {
  const named = objects.map(({ id }) => `"${id}"`).join(', ');
  const below = await waapi.call(
    'ak.wwise.core.object.get',
    { waql: `$ ${named} select descendants` },
    { return: ['id'] },
  );
  return asJsonArray(below.return)
    .filter(isJsonObject)
    .map((child) => refOf(child).id);
}

/** All or none. */
async function deleteAll(objects: readonly ObjectRef[], context: CommandContext): Promise<void> {
  const each = async (): Promise<void> => {
    for (const { id, path } of objects) {
      await explaining(
        `delete "${path}"`,
        () => context.waapi.call('ak.wwise.core.object.delete', { object: id }),
        'Nothing was deleted. What belongs to every project, such as root folders, stays.',
      );
    }
    const left = await stillThere(
      objects.map(({ id }) => id),
      context,
    );
    const kept = objects.find(({ id }) => left.includes(id));
    if (kept !== undefined) throw notKept(`"${kept.path}" is still there`, { object: { ...kept } });
  };
  if (objects.length === 1) await each();
  else await context.oneStep(`Delete ${objects.length} objects`, each);
}

/** References among the objects to delete go with them. */
async function referrersFromOutside(
  ids: readonly string[],
  context: CommandContext,
): Promise<readonly Referrer[]> {
  const inside = new Set(ids);
  return (await referrersOf(ids, context, true)).filter(({ home }) => !inside.has(home.id));
}

function stillReferredTo(found: readonly ObjectRef[], referrers: readonly Referrer[]): WwiseFlowError {
  const listed = referrers.slice(0, 20).map(({ home, reference, targetId }) => ({
    from: { ...home },
    reference,
    targetId,
  }));
  const [only] = found;
  const what =
    found.length === 1 && only !== undefined ? `${only.type} "${only.path}" was` : 'The objects were';
  const at = found.length === 1 ? 'it or below it' : 'them or below them';
  return confirmationRequired(
    `${what} not deleted: ${referrers.length === 1 ? '1 reference points' : `${referrers.length} references point`} at ${at}.`,
    {
      hint: 'Check details.references, then repeat with confirm: true; or let those objects refer to something else first.',
      details: {
        ...(only !== undefined && found.length === 1 ? { object: { ...only } } : {}),
        total: referrers.length,
        references: listed,
      },
    },
  );
}
