import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { nullGuid } from '../../src/core/null-guid.ts';
import { wires } from '../../src/core/wiring.ts';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import { callObjectSet } from '../../src/wwise/objects/changes/set-objects.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef, namedTarget, namedTargetOf } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type FoundObject, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const setAuxSend = defineCommand({
  name: 'set_aux_send',
  title: 'Set auxiliary send',
  description:
    'Send an object to an Auxiliary Bus (user-defined send 0 to 3), overriding the parent, for reverb or another shared effect.',
  toolset: 'routing',
  effect: 'update',
  revert: setsAgain,
  examples: [
    {
      title: 'Send a Sound to a reverb bus',
      input: { objectId: '\\Containers\\Default Work Unit\\Wind', auxBus: 'AuxBus:Hall', volumeDb: -12 },
    },
  ],
  waapiCalls: 4,
  input: z.strictObject({
    objectId: objectField('Sound, container, bus or music object.').register(wires, { kind: 'object' }),
    slot: z.int().min(0).max(3).default(0).describe('Send 0 to 3.'),
    auxBus: objectField('The Auxiliary Bus.').nullable().describe('The Auxiliary Bus; null clears the send.'),
    volumeDb: z.number().min(-200).max(200).optional().describe('Send volume in dB.'),
  }),
  output: z.object({
    object: leanRef,
    slot: z.int(),
    auxBus: namedTarget,
    volumeDb: z.number(),
    overridesParent: z.boolean(),
    previousAuxBus: namedTarget,
  }),
  async run({ objectId, slot, auxBus, volumeDb }, context) {
    const [reference, volume] = [`@UserAuxSend${slot}`, `@UserAuxSendVolume${slot}`];
    const returns = [reference, volume, '@OverrideUserAuxSends'];
    const before = await findObject(objectId, context, { returns });
    if (before.row[volume] === undefined) {
      throw new WwiseFlowError(
        'UNKNOWN_PROPERTY',
        `${before.type} "${before.path}" has no user-defined sends.`,
        {
          hint: 'Give a Sound, container, bus or music object.',
          details: { object: refOf(before.row) },
        },
      );
    }
    const target = auxBus === null ? null : expectType(await findObject(auxBus, context), 'auxBus', 'AuxBus');
    if (target?.id === before.id) throw sendsToItself(before);
    // A bus has its own sends and nothing to override.
    const canOverride = before.row['@OverrideUserAuxSends'] !== undefined;
    const change = {
      object: before.id,
      ...(canOverride ? { '@OverrideUserAuxSends': true } : {}),
      [reference]: target?.id ?? nullGuid,
      ...(volumeDb === undefined ? {} : { [volume]: volumeDb }),
    };
    await callObjectSet([change], context, { aim: `set send ${slot} of "${before.path}"`, returns: ['id'] });
    const { row } = await findObject(before.id, context, { returns });
    const now = namedTargetOf(row[reference]);
    if (now?.id !== target?.id) {
      throw new WwiseFlowError(
        'WAAPI_ERROR',
        `Send ${slot} of "${before.path}" leads to ${now?.name ?? 'nothing'}.`,
        {
          hint: 'Look at the object in Wwise: the send cannot be changed there either.',
          details: { object: refOf(row), wanted: target?.id ?? null, found: now },
        },
      );
    }
    return {
      object: refOf(row),
      slot,
      auxBus: now,
      volumeDb: Number(row[volume] ?? 0),
      overridesParent: row['@OverrideUserAuxSends'] === true,
      previousAuxBus: namedTargetOf(before.row[reference]),
    };
  },
  achieved: ({ objectId, auxBus, slot }, { object, auxBus: now, volumeDb }) => [
    { kind: 'reference', id: object.id, reference: `UserAuxSend${slot}`, targetId: now?.id ?? null },
    { kind: 'value', id: object.id, property: `UserAuxSendVolume${slot}`, value: volumeDb },
    ...stillNamed(objectId, object.id),
    ...(auxBus === null || now === null ? [] : stillNamed(auxBus, now.id)),
  ],
});

function sendsToItself({ path, row }: FoundObject): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `"${path}" cannot send to itself: it would feed back.`, {
    hint: 'Give another Auxiliary Bus.',
    details: { object: refOf(row) },
  });
}
