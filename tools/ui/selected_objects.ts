import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { asJsonArray, isJsonObject } from '../../src/core/json.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { refOf, refReturns } from '../../src/wwise/objects/rows/object-row.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const selectedObjects = defineCommand({
  name: 'selected_objects',
  title: 'Selected objects',
  description:
    'Read what is selected in Wwise, when somebody says "this one". Needs a running Wwise with its window.',
  toolset: 'ui',
  effect: 'read',
  readsOnly: 'the selection',
  examples: [{ title: 'Ask what "this one" is', input: {} }],
  checkedOn: 'scripted peer',
  waapiCalls: 1,
  input: z.strictObject(pageInput),
  output: z.object({ objects: z.array(leanRef), ...pageOutput }),
  async run(input, context) {
    const answer = await context.waapi.call(
      'ak.wwise.ui.getSelectedObjects',
      {},
      { return: [...refReturns] },
    );
    const selected = asJsonArray(answer.objects).filter(isJsonObject).map(refOf);
    const { items, ...rest } = page('selected_objects', input, selected, (object) => ({ ...object }));
    return { objects: items, ...rest };
  },
});
