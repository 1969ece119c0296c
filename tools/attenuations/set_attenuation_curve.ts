import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { wires } from '../../src/core/wiring.ts';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import {
  curveFields,
  curveHeld,
  curveState,
  customNeedsPoints,
  hasItsPoints,
  refuseOutside,
  setCurve,
} from '../../src/wwise/lists/attenuation-curves.ts';
import { samePoints } from '../../src/wwise/lists/curve-points.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { platformField } from '../../src/wwise/objects/rows/text-fields.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { checkPlatform } from '../../src/wwise/objects/types/platform-name.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const setAttenuationCurve = defineCommand({
  name: 'set_attenuation_curve',
  title: 'Set attenuation curve',
  description: 'Set one curve of an Attenuation, when distance must change sound otherwise.',
  toolset: 'attenuations',
  effect: 'update',
  revert: setsAgain,
  examples: [
    {
      title: 'Draw the volume curve',
      input: {
        objectId: 'Attenuation:Far',
        curve: 'VolumeDry',
        points: [
          { x: 0, y: 0 },
          { x: 100, y: -12 },
        ],
      },
    },
  ],
  waapiCalls: 5,
  input: z
    .strictObject({
      objectId: objectField('Attenuation.').register(wires, {
        kind: 'object',
        types: ['Attenuation'],
      }),
      ...curveFields,
      platform: platformField,
    })
    .refine(hasItsPoints, customNeedsPoints),
  output: z.object({ object: leanRef, ...curveState.shape }),
  async run({ objectId, platform, ...wanted }, context) {
    await checkPlatform(platform, context);
    const found = expectType(
      await findObject(objectId, context, { returns: ['@RadiusMax'], platform }),
      'objectId',
      'Attenuation',
    );
    const { '@RadiusMax': radius } = found.row;
    if (typeof radius === 'number') refuseOutside(wanted, radius);
    const kept = await setCurve(found.id, wanted, platform, context);
    const { points = [] } = wanted;
    if (kept.use !== wanted.use || (wanted.use === 'Custom' && !samePoints(points, kept.points))) {
      throw new WwiseFlowError(
        'WAAPI_ERROR',
        `Wwise accepted the call, but keeps another curve ${wanted.curve}.`,
        {
          hint: 'Compare details.found with what was wanted: points lie between 0 and the radius and in the range of the curve.',
          details: {
            object: refOf(found.row),
            found: { ...kept, points: kept.points.map((point) => ({ ...point })) },
          },
        },
      );
    }
    return { object: refOf(found.row), ...kept };
  },
  achieved: ({ objectId, platform }, { object, ...curve }) => [
    ...curveHeld(object.id, curve, platform),
    ...stillNamed(objectId, object.id),
  ],
});
