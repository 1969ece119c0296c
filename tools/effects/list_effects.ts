import { z } from 'zod';
import { effectSlot, effectsOf } from '../../src/wwise/lists/effect-slots.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const listEffects = defineCommand({
  name: 'list_effects',
  title: 'List effects',
  description:
    'List the effects on an object, slot by slot, with plug-in and bypass. Their parameters: get_object on effectId.',
  toolset: 'effects',
  effect: 'read',
  readsOnly: 'one object',
  examples: [
    {
      title: 'List the effects of a container',
      input: { objectId: '\\Containers\\Default Work Unit\\Steps' },
    },
  ],
  waapiCalls: 3,
  input: z.strictObject({ objectId: objectField('Sound, container or bus.') }),
  output: z.object({ object: leanRef, effects: z.array(effectSlot), total: z.int() }),
  async run({ objectId }, context) {
    const { found, effects } = await effectsOf(objectId, context);
    return { object: refOf(found.row), effects, total: effects.length };
  },
});
