import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { type Rtpc, rtpc, rtpcReturns, rtpcsOf } from '../../src/wwise/lists/rtpcs.ts';
import { notKept, stillThere } from '../../src/wwise/objects/changes/not-kept.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type FoundObject, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { propertyField } from '../../src/wwise/objects/rows/text-fields.ts';
import { comesBack } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const removeRtpc = defineCommand({
  name: 'remove_rtpc',
  title: 'Remove RTPC',
  description: 'Remove RTPCs from an object, when a property must no longer be driven by a game sync.',
  toolset: 'gamesyncs',
  effect: 'destroy',
  revert: comesBack,
  memo: { never: 'An RTPC that is gone cannot be distinguished from one that never was.' },
  examples: [
    {
      title: 'Free the volume of a container',
      input: { objectId: '\\Containers\\Default Work Unit\\Steps', property: 'Volume' },
    },
  ],
  waapiCalls: 6,
  input: z.strictObject({
    objectId: objectField('Object.'),
    property: propertyField.describe('Property whose RTPCs go.'),
    gameParameter: objectField('Only the RTPC of this input.').optional(),
  }),
  output: z.object({ object: leanRef, removed: z.array(rtpc) }),
  async run({ objectId, property, gameParameter }, context) {
    const found = await findObject(objectId, context, { returns: rtpcReturns });
    const driver = gameParameter === undefined ? undefined : await findObject(gameParameter, context);
    const all = await rtpcsOf(found, context);
    const removed = all.filter(
      (one) =>
        one.property.toLowerCase() === property.toLowerCase() &&
        (driver === undefined || one.controlInput?.id === driver.id),
    );
    if (removed.length === 0) throw nothingToRemove(found, property, all);
    const removeAll = async () => {
      for (const { id } of removed)
        await explaining(`remove the RTPC on ${property} of "${found.path}"`, () =>
          context.waapi.call('ak.wwise.core.object.delete', { object: id }),
        );
    };
    if (removed.length === 1) await removeAll();
    else await context.oneStep(`Remove RTPCs of ${found.name}`, removeAll);
    const left = await stillThere(
      removed.map(({ id }) => id),
      context,
    );
    if (left.length > 0) {
      const what = `${left.length} of ${removed.length} RTPCs on ${property} of "${found.path}" are still there`;
      throw notKept(what, { object: refOf(found.row), left: [...left] });
    }
    return { object: refOf(found.row), removed };
  },
});

function nothingToRemove(found: FoundObject, property: string, all: readonly Rtpc[]): WwiseFlowError {
  const properties = [...new Set(all.map((one) => one.property))];
  return new WwiseFlowError('OBJECT_NOT_FOUND', `"${found.path}" has no such RTPC on ${property}.`, {
    hint: 'Use one of details.properties, or look with list_rtpcs.',
    details: { object: refOf(found.row), property, properties },
  });
}
