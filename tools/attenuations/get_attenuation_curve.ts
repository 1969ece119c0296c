import { z } from 'zod';
import {
  attenuationCurves,
  curveName,
  curveState,
  readCurve,
} from '../../src/wwise/lists/attenuation-curves.ts';
import { orRefusal } from '../../src/wwise/objects/changes/or-refusal.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { platformField } from '../../src/wwise/objects/rows/text-fields.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { checkPlatform } from '../../src/wwise/objects/types/platform-name.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const getAttenuationCurve = defineCommand({
  name: 'get_attenuation_curve',
  title: 'Get attenuation curve',
  description: 'Read the radius and the curves of an Attenuation: one by name, or all.',
  toolset: 'attenuations',
  effect: 'read',
  readsOnly: 'one attenuation',
  examples: [{ title: 'Read the volume curve', input: { objectId: 'Attenuation:Far', curve: 'VolumeDry' } }],
  formerInputs: { attenuation: 'objectId' },
  waapiCalls: 2,
  input: z.strictObject({
    objectId: objectField('Attenuation.'),
    curve: curveName().optional(),
    platform: platformField,
  }),
  output: z.object({ object: leanRef, radiusMax: z.number().nullable(), curves: z.array(curveState) }),
  async run({ objectId, curve, platform }, context) {
    await checkPlatform(platform, context);
    const found = await findObject(objectId, context, { returns: ['@RadiusMax'], platform });
    expectType(found, 'objectId', 'Attenuation');
    const radius = found.row['@RadiusMax'];
    const base = { object: refOf(found.row), radiusMax: typeof radius === 'number' ? radius : null };
    if (curve !== undefined)
      return { ...base, curves: [await readCurve(found.id, curve, platform, context)] };
    const curves: z.output<typeof curveState>[] = [];
    for (const name of attenuationCurves) {
      // Which curves there are depends on the version; those it does not know are left out.
      const outcome = await orRefusal(() => readCurve(found.id, name, platform, context));
      if ('done' in outcome) curves.push(outcome.done);
    }
    return { ...base, curves };
  },
});
