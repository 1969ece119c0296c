import { z } from 'zod';
import { inPieces } from '../../src/core/answers/in-pieces.ts';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
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
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

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
    ...pageInput,
  }),
  output: z.object({
    object: leanRef,
    radiusMax: z.number().nullable(),
    curves: z.array(curveState.extend({ from: z.int().optional().describe('Its points from this one on.') })),
    ...pageOutput,
  }),
  async run(input, context) {
    const { objectId, curve, platform } = input;
    await checkPlatform(platform, context);
    const found = await findObject(objectId, context, { returns: ['@RadiusMax'], platform });
    expectType(found, 'objectId', 'Attenuation');
    const radius = found.row['@RadiusMax'];
    const base = { object: refOf(found.row), radiusMax: typeof radius === 'number' ? radius : null };
    const all =
      curve === undefined
        ? await curvesOf(found.id, platform, context)
        : [await readCurve(found.id, curve, platform, context)];
    const { items, cursor } = page('get_attenuation_curve', input, inPieces(all, 'points', pointsAtOnce));
    return { ...base, curves: items, total: all.length, cursor };
  },
});

/** Of a curve with more of them the others follow in rows of their own. */
const pointsAtOnce = 200;

async function curvesOf(
  attenuationId: string,
  platform: string | undefined,
  context: CommandContext,
): Promise<readonly z.output<typeof curveState>[]> {
  const curves: z.output<typeof curveState>[] = [];
  for (const name of attenuationCurves) {
    // Which curves there are depends on the version; those it does not know are left out.
    const outcome = await orRefusal(() => readCurve(attenuationId, name, platform, context));
    if ('done' in outcome) curves.push(outcome.done);
  }
  return curves;
}
