import { z } from 'zod';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { wires } from '../../src/core/wiring.ts';
import { nothingAt, stillNamed } from '../../src/wwise/claims/claim.ts';
import { notKept } from '../../src/wwise/objects/changes/not-kept.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { objectDesignator, objectName } from '../../src/wwise/objects/finding/object-designator.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { type FoundObject, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const renameObject = defineCommand({
  name: 'rename_object',
  title: 'Rename object',
  description:
    'Give one object another name; references follow. For many use rename_by_pattern; to put it elsewhere use move_object.',
  toolset: 'objects',
  effect: 'update',
  revert: setsAgain,
  examples: [
    {
      title: 'Rename a Sound; its references follow',
      input: { objectId: '\\Containers\\Default Work Unit\\Wind', name: 'Breeze' },
    },
  ],
  waapiCalls: 3,
  input: z.strictObject({
    objectId: objectDesignator('The object.').register(wires, { kind: 'object' }),
    name: objectName('Its new name.'),
  }),
  output: z.object({ object: leanRef, previousName: z.string() }),
  async run({ objectId, name }, context) {
    const before = await findObject(objectId, context);
    await explaining(`rename "${before.path}" to "${name}"`, () =>
      context.waapi.call('ak.wwise.core.object.setName', { object: before.id, value: name }),
    ).catch((thrown: unknown) => {
      const error = toWwiseFlowError(thrown);
      throw error.code === 'NAME_CONFLICT' ? taken(before, name, error) : error;
    });
    const after = await findObject(before.id, context);
    if (after.name !== name) {
      const what = `"${after.path}" is called "${after.name}", not "${name}"`;
      throw notKept(what, { object: refOf(after.row), wanted: name });
    }
    return { object: refOf(after.row), previousName: before.name };
  },
  achieved: ({ objectId, name }, { object, previousName }) => [
    { kind: 'called', id: object.id, name },
    // Renamed, it is found by its path no more; whatever is found there is another one to be renamed.
    ...(previousName === name ? stillNamed(objectId, object.id) : nothingAt(objectId)),
  ],
});

function taken(object: FoundObject, name: string, cause: WwiseFlowError): WwiseFlowError {
  const parent = object.path.slice(0, object.path.lastIndexOf('\\'));
  return new WwiseFlowError('NAME_CONFLICT', `"${parent}" already has a child "${name}".`, {
    hint: 'Choose another name, or rename or delete the other object first.',
    details: { object: object.path, taken: `${parent}\\${name}` },
    cause,
  });
}
