import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asString, isJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { setsMembers } from '../../src/wwise/batching/description/sets-members.ts';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import {
  type FoundObject,
  objectRef,
  referenceIdOf,
  refOf,
} from '../../src/wwise/objects/rows/object-row.ts';
import { wwiseWords } from '../../src/wwise/objects/rows/wwise-words.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

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
  achieved: ({ objectId, busPath }, { object, bus, overridesParent }) => [
    { kind: 'reference', id: object.id, reference: 'OutputBus', targetId: bus.id },
    { kind: 'value', id: object.id, property: 'OverrideOutput', value: overridesParent },
    ...stillNamed(objectId, object.id),
    ...stillNamed(busPath, bus.id),
  ],
  ...setsMembers({
    members: () => ['OutputBus', 'OverrideOutput'],
    returns: ['OutputBus'],
    targets: ({ busPath }) => [asString(busPath) ?? ''],
    change: ({ busPath }: { objectId: string; busPath: string }, before, [bus]) => {
      if (bus === undefined) throw new Error(`"${busPath}" was not found.`);
      checkRouting(busPath, before, bus);
      return {
        sets: [
          { kind: 'property', name: 'OverrideOutput', value: true },
          { kind: 'reference', name: 'OutputBus', targetId: bus.id },
        ],
        step: `Route ${before.name} to ${bus.name}`,
        output: (row) => {
          const now = referenceIdOf(row['@OutputBus']);
          if (now !== bus.id) throw notKept(before, bus, now);
          return routed(before, bus, row);
        },
      };
    },
    refused: (error, { busPath }, { before, targets: [bus] }) => refused(error, before, bus, busPath),
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

/** Throws for something that is no bus and for an object that has none. */
function checkRouting(busPath: string, object: FoundObject, bus: FoundObject): void {
  if (bus.type === 'AuxBus') {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `busPath names the Auxiliary Bus "${bus.path}": sounds are sent to it, not routed through it.`,
      {
        hint: 'Send to it with set_aux_send, or find the audio busses with query_waql and "$ from type Bus".',
        details: { busPath, object: refOf(bus.row) },
      },
    );
  }
  if (bus.type !== 'Bus') {
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

function refused(
  error: WwiseFlowError,
  object: FoundObject,
  bus: FoundObject | undefined,
  busPath: string,
): WwiseFlowError {
  if (error.code !== 'WAAPI_ERROR') return error;
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `Wwise did not route "${object.path}" to "${bus?.path ?? busPath}": ${wwiseWords(error)}`,
    {
      hint: 'Check with get_object that the object can have an Output Bus.',
      details: {
        ...error.details,
        object: refOf(object.row),
        bus: bus === undefined ? busPath : refOf(bus.row),
      },
      cause: error,
    },
  );
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
