import { z } from 'zod';
import { valuesHeld } from '../../src/wwise/claims/claim.ts';
import { memoOfCreate } from '../../src/wwise/claims/create-memo.ts';
import {
  curveFields,
  curveHeld,
  curveState,
  customNeedsPoints,
  hasItsPoints,
  readCurve,
  refuseOutside,
  setCurve,
} from '../../src/wwise/lists/attenuation-curves.ts';
import { orRefusal } from '../../src/wwise/objects/changes/or-refusal.ts';
import { onNameConflict } from '../../src/wwise/objects/creating/child-spec.ts';
import { createChild } from '../../src/wwise/objects/creating/create-child.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { newObject, withObjectId } from '../../src/wwise/objects/rows/lean-ref.ts';
import { nameField, objectField } from '../../src/wwise/objects/rows/object-field.ts';
import type { CreatedRef } from '../../src/wwise/objects/rows/object-row.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const input = z.strictObject({
  name: nameField('Its name.'),
  parentPath: objectField('Work Unit or folder.').default('\\Attenuations\\Default Work Unit'),
  radiusMax: z.number().min(1).max(100_000_000).optional().describe('In game units.'),
  curves: z
    .array(z.strictObject(curveFields).refine(hasItsPoints, customNeedsPoints))
    .max(30)
    .default([])
    .describe('What differs from the default.'),
  onNameConflict,
});

export const createAttenuation = defineCommand({
  name: 'create_attenuation',
  title: 'Create attenuation',
  description:
    'Create an Attenuation ShareSet with radius and curves, when sounds must change with distance; then set_reference on the Sound.',
  toolset: 'attenuations',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItMade,
  examples: [
    {
      title: 'Create an Attenuation with a volume curve',
      input: {
        name: 'Near',
        radiusMax: 40,
        curves: [
          {
            curve: 'VolumeDry',
            points: [
              { x: 0, y: 0 },
              { x: 40, y: -200 },
            ],
          },
        ],
      },
    },
  ],
  waapiCalls: 8,
  input,
  output: newObject('Attenuation').extend({
    curves: z.array(curveState).describe('The curves given, as Wwise keeps them.'),
    refused: z.array(z.object({ curve: z.string(), error: z.string() })),
  }),
  async run({ name, parentPath, radiusMax, curves, onNameConflict }, context) {
    const parent = await findObject(parentPath, context);
    for (const curve of curves) refuseOutside(curve, radiusMax ?? usualRadius);
    const members = radiusMax === undefined ? {} : { '@RadiusMax': radiusMax };
    const kept: z.output<typeof curveState>[] = [];
    const refused: { curve: string; error: string }[] = [];
    const created = await context.oneStep(`Create ${name}`, async () => {
      const made = await createChild(parent, { type: 'Attenuation', name, onNameConflict, members }, context);
      for (const wanted of curves) {
        const outcome = await orRefusal(() => setCurve(made.id, wanted, undefined, context));
        if ('done' in outcome) kept.push(outcome.done);
        else refused.push({ curve: wanted.curve, error: outcome.error });
      }
      return made;
    });
    return { ...withObjectId(created), curves: kept, refused };
  },
  ...memoOfCreate(
    (_: z.output<typeof input>) => 'Attenuation',
    described,
    ({ radiusMax }, { id, curves }) => [
      ...valuesHeld(id, { RadiusMax: radiusMax }),
      ...curves.flatMap((curve) => curveHeld(id, curve, undefined)),
    ],
  ),
});

/** The radius Wwise gives a new Attenuation. */
const usualRadius = 100;

async function described(created: CreatedRef, { curves }: z.output<typeof input>, context: CommandContext) {
  const kept: z.output<typeof curveState>[] = [];
  for (const { curve } of curves) kept.push(await readCurve(created.id, curve, undefined, context));
  return { ...withObjectId(created), curves: kept, refused: [] };
}
