import { z } from 'zod';
import { findStateful, statesOf, statesOutput } from '../../src/wwise/lists/states.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const getStates = defineCommand({
  name: 'get_states',
  title: 'Get states',
  description: 'Show which State Groups an object follows and what each State makes of its properties.',
  toolset: 'gamesyncs',
  effect: 'read',
  readsOnly: 'one object',
  examples: [
    { title: 'See what States do to a Sound', input: { objectId: '\\Containers\\Default Work Unit\\Wind' } },
  ],
  formerInputs: { object: 'objectId' },
  waapiCalls: 3,
  input: z.strictObject({ objectId: objectField('Object.') }),
  output: z.object({ object: leanRef, ...statesOutput }),
  async run({ objectId }, context) {
    const found = await findStateful(objectId, context);
    return { object: refOf(found.row), ...(await statesOf(found, context)) };
  },
});
