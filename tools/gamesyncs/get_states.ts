import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { leanRef } from '../../src/bus/objects/lean-ref.ts';
import { objectField } from '../../src/bus/objects/object-field.ts';
import { refOf } from '../../src/bus/objects/object-row.ts';
import { findStateful, statesOf, statesOutput } from '../../src/bus/structures/states.ts';

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
