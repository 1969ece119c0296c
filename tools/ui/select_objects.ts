import { z } from 'zod';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const selectObjects = defineCommand({
  name: 'select_objects',
  title: 'Select objects',
  description: 'Select objects in the Project Explorer, to show them. Needs a running Wwise with its window.',
  toolset: 'ui',
  effect: 'barrier',
  examples: [
    { title: 'Show a Sound to a person', input: { objectIds: ['\\Containers\\Default Work Unit\\Wind'] } },
  ],
  checkedOn: 'scripted peer',
  formerInputs: { objects: 'objectIds', objectId: 'objectIds[]' },
  waapiCalls: 2,
  input: z.strictObject({
    objectIds: z.array(objectField('An object.')).min(1).max(200).describe('What to select.'),
  }),
  output: z.object({ objects: z.array(leanRef), total: z.int(), notice: z.string().nullable() }),
  async run({ objectIds: objects }, context) {
    const found = await findObjects(objects, context);
    await explaining('select the objects', () =>
      context.waapi.call('ak.wwise.ui.commands.execute', {
        command: 'FindInProjectExplorerSyncGroup1',
        objects: found.map(({ id }) => id),
      }),
    );
    const room = answerRoom();
    const selected = room.take(
      'objects',
      found.map(({ row }) => refOf(row)),
    );
    return { objects: selected, total: found.length, notice: room.notice('All of them are selected.') };
  },
});
