import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, asJsonObject, asString, isJsonObject } from '../../src/core/json.ts';
import { ignoreUnreadable, unreadableOutput } from '../../src/wwise/files/project-files.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { notKept, stillThere } from '../../src/wwise/objects/not-kept.ts';
import { isGuid, objectDesignator } from '../../src/wwise/objects/object-designator.ts';
import { type ObjectRef, objectRef, refOf } from '../../src/wwise/objects/object-row.ts';
import { type Referrer, referrersOf } from '../../src/wwise/objects/referrers.ts';
import { explaining } from '../../src/wwise/objects/set-objects.ts';
import { onlyByUndo } from '../../src/wwise/undo/revert.ts';

export const deleteObject = defineCommand({
  name: 'delete_object',
  title: 'Delete object',
  description:
    'Delete an object and all below it. References to it are listed and need confirm: true. undo restores it, not Work Units.',
  toolset: 'objects',
  effect: 'destroy',
  reliesOnWholeProject: 'deletes',
  revert: onlyByUndo,
  examples: [
    {
      title: 'Delete a Sound nothing refers to',
      input: { objectId: '\\Containers\\Default Work Unit\\Wind' },
    },
    {
      title: 'Delete a container although an Event plays it',
      input: { objectId: '\\Containers\\Default Work Unit\\Steps', confirm: true },
    },
  ],
  waapiCalls: 7,
  input: z.strictObject({
    objectId: objectDesignator('The object.'),
    confirm: z.boolean().default(false).describe('Despite references.'),
    ignoreUnreadable,
  }),
  output: z.object({
    object: objectRef.describe('The object that was deleted.'),
    descendants: z.int().describe('How many objects below it were deleted with it.'),
    lostReferences: z.int().describe('How many references from elsewhere point at nothing now.'),
    ...unreadableOutput,
  }),
  async run({ objectId, confirm }, context) {
    const { row, ...found } = await findObject(objectId, context);
    const below = await context.waapi.call(
      'ak.wwise.core.object.get',
      { waql: `$ "${found.id}" select descendants` },
      { return: ['id'] },
    );
    const ids = asJsonArray(below.return)
      .filter(isJsonObject)
      .map((child) => refOf(child).id);
    const referrers = await referrersFromOutside([found.id, ...ids], context);
    if (referrers.length > 0 && !confirm) throw stillReferredTo(found, referrers);
    await explaining(
      `delete "${found.path}"`,
      () => context.waapi.call('ak.wwise.core.object.delete', { object: found.id }),
      'Nothing was deleted. What belongs to every project, such as root folders, stays.',
    );
    if ((await stillThere([found.id], context)).length > 0)
      throw notKept(`"${found.path}" is still there`, { object: { ...found } });
    return { object: found, descendants: ids.length, lostReferences: referrers.length };
  },
  achieved: ({ objectId }, output) => [
    { kind: 'gone', id: output.object.id, ...(isGuid(objectId) ? {} : { path: objectId }) },
  ],
  async before({ objectId }, context) {
    const { row, ...found } = await findObject(objectId, context);
    return { ...found };
  },
  async settle(_input, before, context) {
    const known = objectRef.safeParse(asJsonObject(before));
    if (!known.success || asString(known.data.id) === undefined) return null;
    try {
      await findObject(known.data.id, context);
      return null;
    } catch (thrown) {
      const error = toWwiseFlowError(thrown);
      if (error.code !== 'OBJECT_NOT_FOUND') throw error;
      return { object: known.data, descendants: 0, lostReferences: 0 };
    }
  },
});

/** References among the objects to delete go with them. */
async function referrersFromOutside(
  ids: readonly string[],
  context: CommandContext,
): Promise<readonly Referrer[]> {
  const inside = new Set(ids);
  return (await referrersOf(ids, context, true)).filter(({ home }) => !inside.has(home.id));
}

function stillReferredTo(found: ObjectRef, referrers: readonly Referrer[]): WwiseFlowError {
  const listed = referrers.slice(0, 20).map(({ home, reference, targetId }) => ({
    from: { ...home },
    reference,
    targetId,
  }));
  return new WwiseFlowError(
    'CONFIRMATION_REQUIRED',
    `${found.type} "${found.path}" was not deleted: ${referrers.length === 1 ? '1 reference points' : `${referrers.length} references point`} at it or below it.`,
    {
      hint: 'Check details.references, then repeat with confirm: true; or let those objects refer to something else first.',
      details: { object: { ...found }, total: referrers.length, references: listed },
    },
  );
}
