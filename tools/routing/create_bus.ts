import { z } from 'zod';
import type { JsonObject } from '../../src/core/json.ts';
import { createsChild } from '../../src/wwise/batching/description/creates-child.ts';
import { valuesHeld } from '../../src/wwise/claims/claim.ts';
import { achievedByCreate } from '../../src/wwise/claims/create-memo.ts';
import { onNameConflict } from '../../src/wwise/objects/creating/child-spec.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { newObject, withObjectId } from '../../src/wwise/objects/rows/lean-ref.ts';
import { nameField, objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

const input = z.strictObject({
  name: nameField('Its name.'),
  parentPath: objectField('Parent bus; Work Unit or folder for a master bus.'),
  auxiliary: z.boolean().default(false).describe('An Auxiliary Bus, for sends.'),
  busVolumeDb: z.number().min(-200).max(200).optional().describe('Bus Volume in dB.'),
  onNameConflict,
});

type Input = z.output<typeof input>;

export const createBus = defineCommand({
  name: 'create_bus',
  title: 'Create bus',
  description:
    'Create an audio bus or Auxiliary Bus, to mix or process sounds together; then set_output_bus or set_aux_send.',
  toolset: 'routing',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItMade,
  examples: [
    {
      title: 'Create a bus below the main bus',
      input: { name: 'Music', parentPath: '\\Busses\\Default Work Unit\\Main Audio Bus', busVolumeDb: -3 },
    },
  ],
  waapiCalls: 4,
  input,
  output: newObject('Bus', 'AuxBus'),
  achieved: achievedByCreate((asked: Input, { id }) => valuesHeld(id, membersOf(asked))),
  ...createsChild({
    type: ({ auxiliary }: Input) => (auxiliary ? 'AuxBus' : 'Bus'),
    members: membersOf,
    output: withObjectId,
  }),
});

function membersOf({ busVolumeDb }: Input): JsonObject {
  return busVolumeDb === undefined ? {} : { '@BusVolume': busVolumeDb };
}
