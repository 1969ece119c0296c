import { z } from 'zod';
import { valuesHeld } from '../../src/wwise/claims/claim.ts';
import { memoOfCreate } from '../../src/wwise/claims/create-memo.ts';
import { onNameConflict } from '../../src/wwise/objects/creating/child-spec.ts';
import { createChild } from '../../src/wwise/objects/creating/create-child.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { newObject, withObjectId } from '../../src/wwise/objects/rows/lean-ref.ts';
import { nameField, objectField } from '../../src/wwise/objects/rows/object-field.ts';
import type { CreatedRef } from '../../src/wwise/objects/rows/object-row.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

const input = z
  .strictObject({
    name: nameField('Its name.'),
    parentPath: objectField('Work Unit or folder.').default('\\Game Parameters\\Default Work Unit'),
    min: z.number().default(0).describe('Lowest value.'),
    max: z.number().default(100).describe('Highest value.'),
    initialValue: z.number().optional().describe('At the start. Default: min.'),
    onNameConflict,
  })
  .refine(({ min, max }) => min < max, { path: ['max'], message: 'must be above min' })
  .refine(({ min, max, initialValue = min }) => initialValue >= min && initialValue <= max, {
    path: ['initialValue'],
    message: 'must lie between min and max',
  });

export const createGameParameter = defineCommand({
  name: 'create_game_parameter',
  title: 'Create game parameter',
  description:
    'Create a Game Parameter with its range, when a number of the game (speed, health...) must drive sound; then set_rtpc.',
  toolset: 'gamesyncs',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItMade,
  examples: [{ title: 'Create a Game Parameter', input: { name: 'Health', min: 0, max: 100 } }],
  waapiCalls: 4,
  input,
  output: newObject('GameParameter'),
  async run({ name, parentPath, min, max, initialValue = min, onNameConflict }, context) {
    const parent = await findObject(parentPath, context);
    const members = { '@Min': min, '@Max': max, '@InitialValue': initialValue };
    return withObjectId(
      await createChild(parent, { type: 'GameParameter', name, onNameConflict, members }, context),
    );
  },
  ...memoOfCreate(
    (_: z.output<typeof input>) => 'GameParameter',
    async (created: CreatedRef) => withObjectId(created),
    ({ min, max, initialValue = min }, { id }) =>
      valuesHeld(id, { Min: min, Max: max, InitialValue: initialValue }),
  ),
});
