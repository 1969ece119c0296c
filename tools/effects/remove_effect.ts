import { z } from 'zod';
import { effectSlot, slotsOf, theSlot, withEffects } from '../../src/wwise/lists/effect-slots.ts';
import { notKept } from '../../src/wwise/objects/changes/not-kept.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { comesBack } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const removeEffect = defineCommand({
  name: 'remove_effect',
  title: 'Remove effect',
  description: 'Remove an effect from an object; a ShareSet itself stays.',
  toolset: 'effects',
  effect: 'destroy',
  revert: comesBack,
  memo: { never: 'A slot number means another effect once one was removed.' },
  examples: [
    {
      title: 'Remove the first effect',
      input: { objectId: '\\Containers\\Default Work Unit\\Steps', effect: 0 },
    },
  ],
  waapiCalls: 7,
  input: z.strictObject({
    objectId: objectField('Sound, container or bus.'),
    effect: z.union([z.int().min(0), z.string().min(1)]).describe('Slot number or name.'),
  }),
  output: z.object({ object: leanRef, removed: effectSlot, effects: z.array(effectSlot) }),
  async run({ objectId, effect }, context) {
    const found = await withEffects(objectId, context);
    const removed = theSlot(await slotsOf(found, context), effect, found);
    await explaining(`remove effect ${removed.slot} from "${found.path}"`, () =>
      context.waapi.call('ak.wwise.core.object.delete', { object: removed.slotId }),
    );
    const effects = await slotsOf(await withEffects(found.id, context), context);
    if (effects.some(({ slotId }) => slotId === removed.slotId))
      throw notKept(`effect ${removed.slot} of "${found.path}" is still there`, { object: refOf(found.row) });
    return { object: refOf(found.row), removed, effects };
  },
});
