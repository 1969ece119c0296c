import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
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
  waapiCalls: 2,
  input: z.strictObject({ objectId: objectField('Object.'), ...pageInput }),
  output: z.object({ object: leanRef, ...statesOutput, ...pageOutput }),
  async run(input, context) {
    const found = await findStateful(input.objectId, context);
    const { values, ...others } = await statesOf(found, context);
    const { items, ...rest } = page('get_states', input, values ?? []);
    return { object: refOf(found.row), ...others, values: values === null ? null : items, ...rest };
  },
});
