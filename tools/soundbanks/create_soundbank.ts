import { z } from 'zod';
import { memoOfCreate } from '../../src/wwise/claims/create-memo.ts';
import {
  inclusionList,
  inclusionsField,
  inclusionsHeld,
  inclusionsOf,
} from '../../src/wwise/lists/bank-inclusions.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { onNameConflict } from '../../src/wwise/objects/creating/child-spec.ts';
import { createChild } from '../../src/wwise/objects/creating/create-child.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { findObject, findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { newObject, withObjectId } from '../../src/wwise/objects/rows/lean-ref.ts';
import { nameField, objectField } from '../../src/wwise/objects/rows/object-field.ts';
import type { CreatedRef } from '../../src/wwise/objects/rows/object-row.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const input = z.strictObject({
  name: nameField('Its name.'),
  parentPath: objectField('Work Unit or folder.').default('\\SoundBanks\\Default Work Unit'),
  inclusions: inclusionsField.default([]).describe('What it includes.'),
  onNameConflict,
});

export const createSoundbank = defineCommand({
  name: 'create_soundbank',
  title: 'Create SoundBank',
  description:
    'Create a user-defined SoundBank with what it includes, when the game loads banks of its own; then generate_soundbanks.',
  toolset: 'soundbanks',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItMade,
  examples: [
    {
      title: 'Create a SoundBank with one Event',
      input: { name: 'Level_1', inclusions: [{ object: 'Event:Play_Steps' }] },
    },
  ],
  waapiCalls: 9,
  input,
  output: newObject('SoundBank').extend({ inclusions: inclusionList }),
  async run(asked, context) {
    const { name, parentPath, inclusions, onNameConflict: mode } = asked;
    // All objects are looked up first: a wrong one must not leave half a bank behind.
    const [parent = await findObject(parentPath, context), ...objects] = await findObjects(
      [parentPath, ...inclusions.map(({ object }) => object)],
      context,
    );
    const created = await context.oneStep(`Create ${name}`, async () => {
      const made = await createChild(
        parent,
        { type: 'SoundBank', name, onNameConflict: mode, members: {} },
        context,
      );
      if (inclusions.length === 0) return made;
      const entries = inclusions.map(({ filter }, at) => ({ object: objects[at]?.id ?? '', filter }));
      await explaining(
        `include objects in SoundBank "${name}"`,
        () =>
          context.waapi.call('ak.wwise.core.soundbank.setInclusions', {
            soundbank: made.id,
            operation: mode === 'merge' ? 'add' : 'replace',
            inclusions: entries,
          }),
        'Correct the list and try again: no SoundBank was created.',
      );
      return made;
    });
    return described(created, asked, context);
  },
  ...memoOfCreate(
    (_: z.output<typeof input>) => 'SoundBank',
    described,
    (asked, { id, inclusions }) => (asked.inclusions.length === 0 ? [] : [inclusionsHeld(id, inclusions)]),
  ),
});

async function described(created: CreatedRef, _input: unknown, context: CommandContext) {
  return { ...withObjectId(created), inclusions: await inclusionsOf(created.id, context) };
}
