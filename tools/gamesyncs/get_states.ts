import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { findStateful, statesOf, statesOutput } from '../../src/wwise/lists/states.ts';
import { leanRef } from '../../src/wwise/objects/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/object-field.ts';
import { refOf } from '../../src/wwise/objects/object-row.ts';

export const getStates = defineCommand({
  name: 'get_states',
  title: 'Get states',
  description: 'Show which State Groups an object follows and what each State makes of its properties.',
  toolset: 'gamesyncs',
  effect: 'read',
  examples: [
    { title: 'See what States do to a Sound', input: { object: '\\Containers\\Default Work Unit\\Wind' } },
  ],
  waapiCalls: 3,
  input: z.strictObject({ object: objectField('Object.') }),
  output: z.object({ object: leanRef, ...statesOutput }),
  async run({ object }, context) {
    const found = await findStateful(object, context);
    return { object: refOf(found.row), ...(await statesOf(found, context)) };
  },
});
