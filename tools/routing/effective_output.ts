import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { unreadableOutput } from '../../src/wwise/files/project-files.ts';
import { askRows } from '../../src/wwise/objects/ask-rows.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { leanRef, namedTarget, namedTargetOf } from '../../src/wwise/objects/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/object-field.ts';
import { type FoundObject, refOf, refReturns } from '../../src/wwise/objects/object-row.ts';

const auxSend = z.object({ slot: z.int(), auxBus: namedTarget, volumeDb: z.number() });

export const effectiveOutput = defineCommand({
  name: 'effective_output',
  title: 'Effective output',
  description:
    'Tell through which bus an object really plays, which ancestor decides it, the busses up to the master, and the sends in effect. To change it use set_output_bus, set_aux_send.',
  toolset: 'routing',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [
    {
      title: 'Find where a Sound really plays',
      input: { objectId: '\\Containers\\Default Work Unit\\Wind' },
    },
  ],
  waapiCalls: 4,
  input: z.strictObject({ objectId: objectField('Sound, container, bus...') }),
  output: z.object({
    object: leanRef,
    bus: leanRef.nullable().describe('The bus in effect; null when the object has none.'),
    decidedBy: leanRef.nullable().describe('The object or ancestor whose own choice counts.'),
    isInherited: z.boolean(),
    chain: z.array(leanRef).describe('The bus and its parents up to the master.'),
    sends: z.array(auxSend).describe('User-defined sends in effect.'),
    sendsDecidedBy: leanRef.nullable().describe('The object or ancestor whose own sends count.'),
    ...unreadableOutput,
  }),
  async run({ objectId }, context) {
    const found = await findObject(objectId, context, { returns });
    const above = await askRows(`$ "${found.id}" select ancestors`, [...refReturns, ...returns], context);
    const isBus = found.type === 'Bus' || found.type === 'AuxBus';
    const routable = [found.row, ...above].filter((row) => namedTargetOf(row['@OutputBus']) !== null);
    if (!isBus && found.row['@OverrideOutput'] === undefined && routable[0] !== found.row)
      throw hasNoOutput(found);
    // The nearest that overrides; the topmost one has nothing above it to follow. A bus plays into its parent.
    const decider = isBus
      ? undefined
      : (routable.find((row) => row['@OverrideOutput'] === true) ?? routable.at(-1));
    const busId = isBus
      ? above.map(refOf).find(isAnyBus)?.id
      : (namedTargetOf(decider?.['@OutputBus']) ?? namedTargetOf(found.row.OutputBus))?.id;
    const chain = busId === undefined ? [] : await chainOf(busId, context);
    const sender = isBus ? found.row : senderOf([found.row, ...above]);
    return {
      object: refOf(found.row),
      bus: chain[0] ?? null,
      decidedBy: isBus ? refOf(found.row) : decider === undefined ? null : refOf(decider),
      isInherited: decider !== undefined && refOf(decider).id !== found.id,
      chain,
      sends: sender === undefined ? [] : sendsOf(sender),
      sendsDecidedBy: sender === undefined ? null : refOf(sender),
    };
  },
});

const slots = [0, 1, 2, 3];
const returns = [
  'OutputBus',
  '@OutputBus',
  '@OverrideOutput',
  '@OverrideUserAuxSends',
  ...slots.flatMap((slot) => [`@UserAuxSend${slot}`, `@UserAuxSendVolume${slot}`]),
];

/** The nearest that overrides its parent's sends, or the topmost that has any to set. */
function senderOf(rows: readonly JsonObject[]): JsonObject | undefined {
  const able = rows.filter((row) => row['@OverrideUserAuxSends'] !== undefined);
  return able.find((row) => row['@OverrideUserAuxSends'] === true) ?? able.at(-1);
}

function sendsOf(row: JsonObject) {
  return slots.flatMap((slot) => {
    const auxBus = namedTargetOf(row[`@UserAuxSend${slot}`]);
    return auxBus === null ? [] : [{ slot, auxBus, volumeDb: Number(row[`@UserAuxSendVolume${slot}`] ?? 0) }];
  });
}

function isAnyBus({ type }: { readonly type: string }): boolean {
  return type === 'Bus' || type === 'AuxBus';
}

function hasNoOutput({ type, path, row }: FoundObject): WwiseFlowError {
  return new WwiseFlowError('UNKNOWN_PROPERTY', `${type} "${path}" plays through no bus.`, {
    hint: 'Give a Sound, container, music object or bus; list_event_actions tells what an Event plays.',
    details: { object: refOf(row), property: 'OutputBus' },
  });
}

async function chainOf(busId: string, context: Parameters<typeof askRows>[2]) {
  const own = await askRows(`$ "${busId}"`, refReturns, context);
  const above = await askRows(`$ "${busId}" select ancestors`, refReturns, context);
  return [...own, ...above].map(refOf).filter(isAnyBus);
}
