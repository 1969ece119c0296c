import { z } from 'zod';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { stillNamed, valuesHeld, withoutNames } from '../../src/wwise/claims/claim.ts';
import { driverDesignator, explainDriver } from '../../src/wwise/lists/control-inputs.ts';
import { type CurvePointInput, curvePointsField, samePoints } from '../../src/wwise/lists/curve-points.ts';
import { type Rtpc, rtpc, rtpcReturns, rtpcsOf } from '../../src/wwise/lists/rtpcs.ts';
import { callObjectSet } from '../../src/wwise/objects/changes/set-objects.ts';
import { findObject, findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type FoundObject, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { propertyField } from '../../src/wwise/objects/rows/text-fields.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { propertyNames, unknownProperty } from '../../src/wwise/objects/types/property-names.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const setRtpc = defineCommand({
  name: 'set_rtpc',
  title: 'Set RTPC',
  description:
    'Let a Game Parameter or modulator drive a property along a curve. An RTPC of the same property and input gets the new curve.',
  toolset: 'gamesyncs',
  effect: 'update',
  revert: {
    calls: 'An RTPC it made is deleted.',
    except: `A curve it replaced comes back ${exactlyOrByUndo}`,
  },
  examples: [
    {
      title: 'Let the speed open the low-pass filter',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Wind',
        property: 'Lowpass',
        gameParameter: 'GameParameter:Speed',
        points: [
          { x: 0, y: 60 },
          { x: 50, y: 0 },
        ],
      },
    },
  ],
  waapiCalls: 7,
  input: z.strictObject({
    objectId: objectField('Object.').register(wires, { kind: 'object' }),
    property: propertyField.describe('E.g. Volume, Lowpass, OutputBusVolume.'),
    gameParameter: objectField('Game Parameter, modulator or MIDI parameter (MIDI note velocity).'),
    points: curvePointsField('x in the range of the parameter, y in the unit of the property.'),
  }),
  output: z.object({
    object: leanRef,
    rtpc,
    replaced: z.boolean().describe('An RTPC that was there has other points now.'),
  }),
  async run({ objectId, property: asked, gameParameter, points }, context) {
    const [object, driver] = await findBoth(objectId, gameParameter, context);
    const property = await propertyOf(object, asked, context);
    const before = theOne(await rtpcsOf(object, context), property, driver.id);
    // What is there may be given back, also where Wwise itself keeps more than it would take.
    if (before !== undefined && samePoints(points, before.points))
      return { object: refOf(object.row), rtpc: before, replaced: false };
    refuseOutside(driver, points);
    await refuseUndrivable(object, property, points, context);
    const curve = { type: 'Curve', points };
    const change =
      before === undefined
        ? {
            object: object.id,
            '@RTPC': [
              {
                type: 'RTPC',
                name: '',
                '@PropertyName': property,
                '@ControlInput': driver.id,
                '@Curve': curve,
              },
            ],
          }
        : { object: before.id, '@Curve': curve };
    await callObjectSet([change], context, {
      aim: `let "${driver.name}" drive ${property} of "${object.path}"`,
      listMode: 'append',
      returns: ['id'],
    });
    const after = await findObject(object.id, context, { returns: rtpcReturns });
    const made = theOne(await rtpcsOf(after, context), property, driver.id);
    if (made === undefined || !samePoints(points, made.points)) throw notKept(object, property, points, made);
    return { object: refOf(after.row), rtpc: made, replaced: before !== undefined };
  },
  achieved: ({ objectId, gameParameter }, { object, rtpc: { id, property, controlInput, points } }) => [
    { kind: 'holds', id: object.id, expression: '@RTPC', items: [id] },
    { kind: 'reference', id, reference: 'ControlInput', targetId: controlInput?.id ?? null },
    ...valuesHeld(id, { PropertyName: property }),
    { kind: 'curve', id, expression: '@Curve', points: withoutNames(points.map((point) => ({ ...point }))) },
    ...stillNamed(objectId, object.id),
    ...(controlInput === null ? [] : stillNamed(driverDesignator(gameParameter), controlInput.id)),
  ],
});

const drivers = ['GameParameter', 'ModulatorLfo', 'ModulatorEnvelope', 'ModulatorTime', 'MidiParameter'];

async function findBoth(
  objectId: string,
  gameParameter: string,
  context: CommandContext,
): Promise<readonly [FoundObject, FoundObject]> {
  const named = driverDesignator(gameParameter);
  const [object, driver] = await findObjects([objectId, named], context, {
    returns: [...rtpcReturns, '@Min', '@Max'],
  }).catch((thrown: unknown): never => {
    const error = toWwiseFlowError(thrown);
    throw error.details?.object === objectId ? error : explainDriver(error, gameParameter);
  });
  if (object === undefined || driver === undefined)
    return [await findObject(objectId, context), await findObject(named, context)];
  return [object, expectType(driver, 'gameParameter', ...drivers)];
}

/** What lies outside the range of a Game Parameter is never reached, and Wwise moves it. */
function refuseOutside(driver: FoundObject, points: readonly CurvePointInput[]): void {
  const { '@Min': min, '@Max': max } = driver.row;
  if (driver.type !== 'GameParameter' || typeof min !== 'number' || typeof max !== 'number') return;
  const outside = points.find(
    ({ x }) => Math.fround(x) < Math.fround(min) || Math.fround(x) > Math.fround(max),
  );
  if (outside === undefined) return;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `"${driver.name}" goes from ${min} to ${max}: a point at x ${outside.x} is outside.`,
    {
      hint: 'Keep x in the range, or widen it first with set_game_parameter_range.',
      details: { gameParameter: refOf(driver.row), min, max },
    },
  );
}

/** Wwise keeps an RTPC on anything; only on what supports one, and within its range, does it do something. */
async function refuseUndrivable(
  object: FoundObject,
  property: string,
  points: readonly CurvePointInput[],
  context: CommandContext,
): Promise<void> {
  const info = await context.waapi
    .call('ak.wwise.core.object.getPropertyInfo', { object: object.id, property })
    .catch((thrown: unknown): JsonObject => {
      const error = toWwiseFlowError(thrown);
      if (error.code === 'WAAPI_ERROR' || error.code === 'UNKNOWN_PROPERTY') return {};
      throw error;
    });
  const { rtpc } = asJsonObject(info.supports);
  const details = { object: refOf(object.row), property };
  if (rtpc === 'None') {
    throw new WwiseFlowError('INVALID_INPUT', `Nothing can drive ${property} of a ${object.type}.`, {
      hint: 'Choose a property that supports RTPCs, such as Volume, Pitch or Lowpass.',
      details,
    });
  }
  const { min, max } = asJsonObject(info.restriction);
  if (typeof min !== 'number' || typeof max !== 'number') return;
  // What is added to a value may lower it as far as it may raise it.
  const lowest = rtpc === 'Additive' ? -Math.max(Math.abs(min), Math.abs(max)) : min;
  const outside = points.find(({ y }) => y < lowest || y > max);
  if (outside === undefined) return;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `${property} goes from ${lowest} to ${max}: a point at y ${outside.y} is outside.`,
    { hint: 'Keep y in the range of the property.', details: { ...details, min: lowest, max } },
  );
}

/** The name in the spelling of the type: Wwise keeps what it is given. */
async function propertyOf(object: FoundObject, asked: string, context: CommandContext): Promise<string> {
  const names = await propertyNames({ object: object.id }, context.waapi);
  const name = names.find((one) => one.toLowerCase() === asked.toLowerCase());
  if (name === undefined) throw unknownProperty(asked, names, object.type);
  return name;
}

function theOne(all: readonly Rtpc[], property: string, driverId: string): Rtpc | undefined {
  return all.find(
    (one) => one.property.toLowerCase() === property.toLowerCase() && one.controlInput?.id === driverId,
  );
}

function notKept(
  object: FoundObject,
  property: string,
  points: readonly CurvePointInput[],
  found: Rtpc | undefined,
): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `Wwise accepted the call, but the RTPC on ${property} of "${object.path}" is not as wanted.`,
    {
      hint: 'Check that the property can be driven by an RTPC and that the points lie in the ranges of both sides.',
      details: {
        object: refOf(object.row),
        property,
        wanted: points.map((point) => ({ ...point })),
        found: found?.points.map((point) => ({ ...point })) ?? null,
      },
    },
  );
}
