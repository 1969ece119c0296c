import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { childFusion } from '../../src/bus/fusion/child-fusion.ts';
import { valuesHeld } from '../../src/bus/memo/claim.ts';
import { memoOfCreate } from '../../src/bus/memo/create-memo.ts';
import { createChild } from '../../src/wwise/objects/create-child.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { newObject, withObjectId } from '../../src/wwise/objects/lean-ref.ts';
import { nameField, objectField, onNameConflict } from '../../src/wwise/objects/object-field.ts';
import type { CreatedRef } from '../../src/wwise/objects/object-row.ts';

const input = z.strictObject({
  name: nameField('Its name.'),
  parentPath: objectField('Parent bus; Work Unit or folder for a master bus.'),
  auxiliary: z.boolean().default(false).describe('An Auxiliary Bus, for sends.'),
  busVolumeDb: z.number().min(-200).max(200).optional().describe('Bus Volume in dB.'),
  onNameConflict,
});

export const createBus = defineCommand({
  name: 'create_bus',
  title: 'Create bus',
  description:
    'Create an audio bus or Auxiliary Bus, to mix or process sounds together; then set_output_bus or set_aux_send.',
  toolset: 'routing',
  effect: 'create',
  examples: [
    {
      title: 'Create a bus below the main bus',
      input: { name: 'Music', parentPath: '\\Busses\\Default Work Unit\\Main Audio Bus', busVolumeDb: -3 },
    },
  ],
  waapiCalls: 4,
  input,
  output: newObject('Bus', 'AuxBus'),
  async run(asked, context) {
    const { name, parentPath, onNameConflict: mode } = asked;
    const parent = await findObject(parentPath, context);
    const spec = { ...specOf(asked), name, onNameConflict: mode };
    return withObjectId(await createChild(parent, spec, context));
  },
  ...memoOfCreate(
    (asked: z.output<typeof input>) => specOf(asked).type,
    async (created: CreatedRef) => withObjectId(created),
    (asked, { id }) => valuesHeld(id, specOf(asked).members),
  ),
  fusion: childFusion({ describe: specOf, output: withObjectId }),
});

function specOf({ auxiliary, busVolumeDb }: z.output<typeof input>) {
  return {
    type: auxiliary ? 'AuxBus' : 'Bus',
    members: busVolumeDb === undefined ? {} : { '@BusVolume': busVolumeDb },
  };
}
