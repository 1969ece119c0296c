import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { memberKey } from '../../src/bus/fusion/claimed-keys.ts';
import { routing } from '../../src/bus/fusion/routing.ts';
import { targetFusion } from '../../src/bus/fusion/target-fusion.ts';
import { stillNamed } from '../../src/bus/memo/claim.ts';
import { wires } from '../../src/bus/wiring.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { asString, isJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import { findObject, findObjects } from '../../src/wwise/objects/find-object.ts';
import { objectDesignator } from '../../src/wwise/objects/object-designator.ts';
import { type FoundObject, objectRef, referenceIdOf, refOf } from '../../src/wwise/objects/object-row.ts';
import { wwiseWords } from '../../src/wwise/objects/wwise-words.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';

export const setOutputBus = defineCommand({
  name: 'set_output_bus',
  title: 'Set output bus',
  description:
    'Route a Sound or container to an audio bus: sets its Output Bus and Override Parent, so that it takes effect. For sends use set_aux_send.',
  toolset: 'routing',
  effect: 'update',
  revert: setsAgain,
  examples: [
    {
      title: 'Route a Sound to a bus',
      input: { objectId: '\\Containers\\Default Work Unit\\Wind', busPath: 'Bus:Sfx' },
    },
  ],
  waapiCalls: 3,
  input: z.strictObject({
    objectId: objectDesignator('Sound, container or music object.').register(wires, {
      kind: 'object',
    }),
    busPath: objectDesignator('The bus, e.g. Bus:Music.'),
  }),
  output: z.object({
    object: objectRef,
    bus: objectRef.describe('The bus it is routed to now.'),
    overridesParent: z
      .boolean()
      .describe('Whether Override Parent is on; it has no effect on a top-level object.'),
    overrodeParent: z.boolean().describe('Whether Override Parent was on before.'),
    previousBus: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .describe('The bus that was in effect before, inherited or not.'),
  }),
  async run({ objectId, busPath }, context) {
    const [before, bus] = await readRouting(objectId, busPath, context);
    await route(before, bus, context);
    const after = await findObject(before.id, context, { returns: ['@OutputBus', '@OverrideOutput'] });
    const now = referenceIdOf(after.row['@OutputBus']);
    if (now !== bus.id) throw notKept(before, bus, now);
    return routed(before, bus, after.row);
  },
  achieved: ({ objectId, busPath }, { object, bus, overridesParent }) => [
    { kind: 'reference', id: object.id, reference: 'OutputBus', targetId: bus.id },
    { kind: 'value', id: object.id, property: 'OverrideOutput', value: overridesParent },
    ...stillNamed(objectId, object.id),
    ...stillNamed(busPath, bus.id),
  ],
  fusion: targetFusion({
    members: () => ['OutputBus', 'OverrideOutput'],
    returns: ['OutputBus'],
    targets: ({ busPath }) => [asString(busPath) ?? ''],
    prepare: ({ busPath }: { objectId: string; busPath: string }, view, before) => {
      const bus = view.find(busPath);
      if (bus === undefined) return undefined;
      checkRouting(busPath, before, bus);
      const { holds, avoids } = routing(before.path);
      const override = memberKey(before.id, 'OverrideOutput');
      return {
        change: {
          kind: 'members',
          objectId: before.id,
          members: { '@OverrideOutput': true, '@OutputBus': bus.id },
        },
        before: null,
        holds: [[memberKey(before.id, 'OutputBus'), view.nodeId], [override, view.nodeId], ...holds],
        avoids,
        spreads: true,
        output: ({ row }) =>
          referenceIdOf(row['@OutputBus']) === bus.id ? routed(before, bus, row) : undefined,
      };
    },
  }),
});

function routed(before: FoundObject, bus: FoundObject, after: JsonObject) {
  return {
    object: refOf(after),
    bus: refOf(bus.row),
    overridesParent: after['@OverrideOutput'] === true,
    overrodeParent: before.row['@OverrideOutput'] === true,
    previousBus: namedReference(before.row.OutputBus) ?? namedReference(before.row['@OutputBus']),
  };
}

async function readRouting(
  objectId: string,
  busPath: string,
  context: CommandContext,
): Promise<readonly [FoundObject, FoundObject]> {
  const returns = ['OutputBus', '@OutputBus', '@OverrideOutput'];
  const [object, bus] = await findObjects([objectId, busPath], context, { returns });
  if (object === undefined || bus === undefined)
    return [await findObject(objectId, context), await findObject(busPath, context)];
  checkRouting(busPath, object, bus);
  return [object, bus];
}

/** Throws for something that is no bus and for an object that has none. */
function checkRouting(busPath: string, object: FoundObject, bus: FoundObject): void {
  if (bus.type !== 'Bus' && bus.type !== 'AuxBus') {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `busPath names ${bus.type} "${bus.path}", which is not an audio bus.`,
      {
        hint: 'Find the busses with query_waql and "$ from type Bus".',
        details: { busPath, object: refOf(bus.row) },
      },
    );
  }
  if (object.row['@OutputBus'] === undefined && object.row['@OverrideOutput'] === undefined) {
    throw new WwiseFlowError('UNKNOWN_PROPERTY', `${object.type} "${object.path}" has no Output Bus.`, {
      hint: 'Route a Sound, container or music object; a bus plays through its parent bus, so move it instead.',
      details: { object: refOf(object.row), property: 'OutputBus' },
    });
  }
}

/** One call and one undo step since 2022.1; two calls in an undo group before. */
async function route(object: FoundObject, bus: FoundObject, context: CommandContext): Promise<void> {
  const { waapi } = context;
  const { year } = await context.project();
  try {
    if (year >= 2022) {
      const change = { object: object.id, '@OverrideOutput': true, '@OutputBus': bus.id };
      await waapi.call('ak.wwise.core.object.set', { objects: [change] });
      return;
    }
    await waapi.call('ak.wwise.core.undo.beginGroup');
    try {
      const override = { object: object.id, property: 'OverrideOutput', value: true };
      await waapi.call('ak.wwise.core.object.setProperty', override);
      await waapi.call('ak.wwise.core.object.setReference', {
        object: object.id,
        reference: 'OutputBus',
        value: bus.id,
      });
    } finally {
      await waapi.call('ak.wwise.core.undo.endGroup', { displayName: `Route ${object.name} to ${bus.name}` });
    }
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code !== 'WAAPI_ERROR') throw error;
    throw new WwiseFlowError(
      'WAAPI_ERROR',
      `Wwise did not route "${object.path}" to "${bus.path}": ${wwiseWords(error)}`,
      {
        hint: 'Check with get_object that the object can have an Output Bus.',
        details: { ...error.details, object: refOf(object.row), bus: refOf(bus.row) },
        cause: error,
      },
    );
  }
}

function namedReference(value: Json | undefined): { id: string; name: string } | null {
  const id = referenceIdOf(value);
  const name = isJsonObject(value) && typeof value.name === 'string' ? value.name : '';
  return id === null ? null : { id, name };
}

function notKept(object: FoundObject, bus: FoundObject, now: string | null): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `Wwise accepted the call, but the Output Bus of "${object.path}" is ${now ?? 'empty'} instead of "${bus.path}".`,
    {
      hint: 'Look at the object in Wwise: its Output Bus cannot be changed there either.',
      details: { object: refOf(object.row), bus: refOf(bus.row), found: now },
    },
  );
}
