import { z } from 'zod';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef, namedTarget, namedTargetOf } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type FoundObject, refOf, refReturns } from '../../src/wwise/objects/rows/object-row.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

const volumePart = z.object({ object: z.string(), property: z.string(), db: z.number() });
const auxSend = z.object({ slot: z.int(), auxBus: namedTarget, volumeDb: z.number() });

export const effectiveOutput = defineCommand({
  name: 'effective_output',
  title: 'Effective output',
  description:
    'Show through which bus an object really plays, which ancestor decides it, the busses up to the master, how loud it is after all of them, and the sends in effect. To change it use set_output_bus, set_aux_send.',
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
    volumeDb: z.number().describe('Sum of the volumes on the way, without RTPCs, States and randomizers.'),
    volumes: z.array(volumePart).describe('What it is the sum of, without zeros.'),
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
    const busses = busId === undefined ? [] : await chainOf(busId, context);
    const chain = busses.map(refOf);
    const own = isBus ? above.filter((row) => !isAnyBus(refOf(row))) : above;
    const volumes = partsOf([found.row, ...own], decider, busses);
    const sender = isBus ? found.row : senderOf([found.row, ...above]);
    return {
      object: refOf(found.row),
      bus: chain[0] ?? null,
      decidedBy: isBus ? refOf(found.row) : decider === undefined ? null : refOf(decider),
      isInherited: decider !== undefined && refOf(decider).id !== found.id,
      chain,
      volumeDb: Math.round(volumes.reduce((sum, { db }) => sum + db, 0) * 1000) / 1000,
      volumes,
      sends: sender === undefined ? [] : sendsOf(sender),
      sendsDecidedBy: sender === undefined ? null : refOf(sender),
    };
  },
});

const slots = [0, 1, 2, 3];
/** Of an object and of all above it, these add up. */
const ownVolumes = ['Volume', 'MakeUpGain'];
const busVolumes = ['Volume', 'BusVolume', 'OutputBusVolume'];
const volumeMembers = [...new Set([...ownVolumes, ...busVolumes])];
const returns = [
  'OutputBus',
  '@OutputBus',
  '@OverrideOutput',
  '@OverrideUserAuxSends',
  ...volumeMembers.map((name) => `@${name}`),
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

/** What adds to the volume, from the object up: its output bus volume counts where its own routing does. */
function partsOf(
  rows: readonly JsonObject[],
  decider: JsonObject | undefined,
  busses: readonly JsonObject[],
): z.output<typeof volumePart>[] {
  const ofObjects = rows.flatMap((row) => {
    if (isAnyBus(refOf(row))) return volumesIn(row, busVolumes);
    return volumesIn(row, row === decider ? [...ownVolumes, 'OutputBusVolume'] : ownVolumes);
  });
  return [...ofObjects, ...busses.flatMap((row) => volumesIn(row, busVolumes))];
}

function volumesIn(row: JsonObject, names: readonly string[]): z.output<typeof volumePart>[] {
  return names.flatMap((property) => {
    const db = row[`@${property}`];
    return typeof db === 'number' && db !== 0 ? [{ object: refOf(row).path, property, db }] : [];
  });
}

function isAnyBus({ type }: { readonly type: string }): boolean {
  return type === 'Bus' || type === 'AuxBus';
}

function hasNoOutput({ type, path, row }: FoundObject): WwiseFlowError {
  return new WwiseFlowError('UNKNOWN_PROPERTY', `${type} "${path}" plays through no bus.`, {
    hint: 'Give a Sound, container, music object or bus; list_event_actions says what an Event plays.',
    details: { object: refOf(row), property: 'OutputBus' },
  });
}

async function chainOf(busId: string, context: Parameters<typeof askRows>[2]) {
  const wanted = [...refReturns, ...busVolumes.map((name) => `@${name}`)];
  const own = await askRows(`$ "${busId}"`, wanted, context);
  const above = await askRows(`$ "${busId}" select ancestors`, wanted, context);
  return [...own, ...above].filter((row) => isAnyBus(refOf(row)));
}
