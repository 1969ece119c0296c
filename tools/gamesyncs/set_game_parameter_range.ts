import { z } from 'zod';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import { isIgnored, notKept } from '../../src/wwise/objects/changes/not-kept.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const setGameParameterRange = defineCommand({
  name: 'set_game_parameter_range',
  title: 'Set game parameter range',
  description:
    'Change the range of a Game Parameter and every curve it drives, when the game sends other numbers.',
  toolset: 'gamesyncs',
  effect: 'update',
  revert: setsAgain,
  examples: [
    {
      title: 'Widen a range, curves included',
      input: { objectId: 'GameParameter:Speed', min: 0, max: 120 },
    },
  ],
  formerInputs: { gameParameter: 'objectId' },
  waapiCalls: 10,
  input: z
    .strictObject({
      objectId: objectField('Game Parameter.'),
      min: z.number().describe('New lowest value.'),
      max: z.number().describe('New highest value.'),
      curves: z
        .enum(['stretch', 'preserveX'])
        .default('stretch')
        .describe('Points move in proportion, or stay (preserveX).'),
    })
    .refine(({ min, max }) => min < max, { path: ['max'], message: 'must be above min' }),
  output: z.object({
    object: leanRef,
    min: z.number(),
    max: z.number(),
    previousMin: z.number(),
    previousMax: z.number(),
  }),
  async run({ objectId, min, max, curves }, context) {
    const returns = ['@Min', '@Max'];
    const before = expectType(await findObject(objectId, context, { returns }), 'objectId', 'GameParameter');
    await explaining(`set the range of "${before.path}"`, () =>
      context.waapi.call('ak.wwise.core.gameParameter.setRange', {
        object: before.id,
        min,
        max,
        onCurveUpdate: curves,
      }),
    );
    const after = await findObject(before.id, context, { returns });
    for (const [name, wanted] of [
      ['@Min', min],
      ['@Max', max],
    ] as const) {
      const kept = after.row[name];
      if (!isIgnored(wanted, before.row[name], kept)) continue;
      const what = `${name.slice(1)} of "${after.path}" is ${JSON.stringify(kept)}, not ${wanted}`;
      throw notKept(what, { object: refOf(after.row) });
    }
    return {
      object: refOf(after.row),
      min: Number(after.row['@Min']),
      max: Number(after.row['@Max']),
      previousMin: Number(before.row['@Min']),
      previousMax: Number(before.row['@Max']),
    };
  },
  achieved: ({ objectId }, { object, min, max }) => [
    { kind: 'value', id: object.id, property: 'Min', value: min },
    { kind: 'value', id: object.id, property: 'Max', value: max },
    ...stillNamed(objectId, object.id),
  ],
});
