import { z } from 'zod';
import { toWwiseFlowError } from '../../src/base/errors.ts';
import { asJsonArray, asJsonObject, asString } from '../../src/base/json.ts';
import { defineCommand } from '../../src/bus/command.ts';
import { findObject } from '../../src/bus/find-object.ts';
import { isGuid, objectDesignator } from '../../src/bus/object-designator.ts';
import { objectRef } from '../../src/bus/object-row.ts';

export const deleteObject = defineCommand({
  name: 'delete_object',
  title: 'Delete object',
  description:
    'Delete an object and everything below it from the project, when it is no longer wanted; other objects that refer to it lose the reference. Look at it with get_object first. Undo in Wwise brings it back, except for Work Units. Do not use it to empty a value: use set_property or set_reference.',
  toolset: 'objects',
  effect: 'destroy',
  waapiCalls: 4,
  input: z.strictObject({
    object: objectDesignator('The object to delete.'),
  }),
  output: z.object({
    object: objectRef.describe('The object that was deleted.'),
    descendants: z.int().describe('How many objects below it were deleted with it.'),
  }),
  async run({ object }, context) {
    const { row, ...found } = await findObject(object, context);
    const below = await context.waapi.call(
      'ak.wwise.core.object.get',
      { waql: `$ "${found.id}" select descendants` },
      { return: ['id'] },
    );
    await context.waapi.call('ak.wwise.core.object.delete', { object: found.id });
    return { object: found, descendants: asJsonArray(below.return).length };
  },
  achieved: ({ object }, output) => [
    { kind: 'gone', id: output.object.id, ...(isGuid(object) ? {} : { path: object }) },
  ],
  async before({ object }, context) {
    const { row, ...found } = await findObject(object, context);
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
      return { object: known.data, descendants: 0 };
    }
  },
});
