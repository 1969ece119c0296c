import { z } from 'zod';
import { WwiseFlowError } from '../../src/base/errors.ts';
import { asJsonArray, asString } from '../../src/base/json.ts';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { stillNamed } from '../../src/bus/memo/claim.ts';
import { createChild } from '../../src/bus/objects/create-child.ts';
import { expectType } from '../../src/bus/objects/expect-type.ts';
import { findObject, findObjects } from '../../src/bus/objects/find-object.ts';
import { leanRef } from '../../src/bus/objects/lean-ref.ts';
import { objectField } from '../../src/bus/objects/object-field.ts';
import { type FoundObject, type ObjectRef, refOf } from '../../src/bus/objects/object-row.ts';
import {
  actionNames,
  actionsIn,
  actionTypes,
  eventAction,
  isActionName,
  targetlessActions,
  targetTypes,
} from '../../src/bus/structures/actions.ts';
import { wires } from '../../src/bus/wiring.ts';

const input = z
  .strictObject({
    objectId: objectField('Event.').register(wires, { kind: 'object', types: ['Event'] }),
    type: z
      .string()
      .refine(isActionName, `must be one of ${actionNames.join(', ')}`)
      .describe(
        'Play, Stop, Pause, Break, Seek, SetVoiceVolume, SetGameParameter, SetState, Trigger, PostEvent...',
      ),
    targetPath: objectField('What it acts on; ...All have none.').optional(),
    delaySeconds: z.number().min(0).max(600).optional().describe('Delay in s.'),
    fadeSeconds: z.number().min(0).max(60).optional().describe('Fade in s.'),
    properties: z
      .record(z.string().regex(/^[A-Za-z]+$/), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe('Volume, Pitch, Scope (0 game object, 1 global), SeekPercent, Probability...'),
  })
  .refine(({ type, targetPath }) => targetlessActions.has(type) || targetPath !== undefined, {
    path: ['targetPath'],
    message: 'is needed for this type of action',
  })
  .refine(({ type, targetPath }) => !targetlessActions.has(type) || targetPath === undefined, {
    path: ['targetPath'],
    message: 'must be left out: this type of action is about everything',
  });

export const addAction = defineCommand({
  name: 'add_action',
  title: 'Add action',
  description:
    'Add an action to an existing Event, behind those it has. For a new Event use create_event; to remove one, delete_object.',
  toolset: 'events',
  effect: 'create',
  examples: [
    {
      title: 'Let an Event also stop the wind',
      input: {
        objectId: 'Event:Play_Steps',
        type: 'Stop',
        targetPath: '\\Containers\\Default Work Unit\\Wind',
      },
    },
  ],
  waapiCalls: 6,
  input,
  output: z.object({ event: leanRef, action: eventAction, parentId: z.string() }),
  async run({ objectId, type, targetPath, delaySeconds, fadeSeconds, properties = {} }, context) {
    const [event, target] = await eventAndTarget(objectId, targetPath, context);
    const allowed = targetTypes[type];
    if (target !== undefined && allowed !== undefined) expectType(target, 'targetPath', ...allowed);
    const members = {
      ...Object.fromEntries(Object.entries(properties).map(([name, value]) => [`@${name}`, value])),
      '@ActionType': actionTypes[type],
      ...(target === undefined ? {} : { '@Target': target.id }),
      ...(delaySeconds === undefined ? {} : { '@Delay': delaySeconds }),
      ...(fadeSeconds === undefined ? {} : { '@FadeTime': fadeSeconds }),
    };
    const { id } = await createChild(
      event,
      { type: 'Action', name: '', onNameConflict: 'rename', members },
      context,
    );
    return described(refOf(event.row), id, context);
  },
  achieved: ({ objectId, targetPath }, { action, parentId }) => [
    ...stillNamed(objectId, parentId),
    ...(targetPath === undefined || action.target === null ? [] : stillNamed(targetPath, action.target.id)),
    { kind: 'exists', id: action.id, type: 'Action', parentId },
    { kind: 'reference', id: action.id, reference: 'Target', targetId: action.target?.id ?? null },
  ],
  async before({ objectId }, context) {
    const [event] = await findObjects([objectId], context);
    return event === undefined
      ? []
      : (await actionsIn(`$ "${event.id}" select children`, context)).map(({ id }) => id);
  },
  async settle({ objectId, type }, before, context) {
    const [event] = await findObjects([objectId], context);
    if (event === undefined) return null;
    const known = new Set(asJsonArray(before).flatMap((id) => asString(id) ?? []));
    const actions = await actionsIn(`$ "${event.id}" select children`, context);
    const made = actions.find((action) => !known.has(action.id) && action.type === type);
    return made === undefined ? null : { event: refOf(event.row), action: made, parentId: event.id };
  },
});

async function eventAndTarget(
  objectId: string,
  targetPath: string | undefined,
  context: CommandContext,
): Promise<readonly [FoundObject, FoundObject | undefined]> {
  const wanted = targetPath === undefined ? [objectId] : [objectId, targetPath];
  const [event = await findObject(objectId, context), target] = await findObjects(wanted, context);
  return [expectType(event, 'objectId', 'Event'), target];
}

async function described(event: ObjectRef, id: string, context: CommandContext) {
  const [action] = await actionsIn(`$ "${id}"`, context);
  if (action !== undefined) return { event, action, parentId: event.id };
  throw new WwiseFlowError(
    'CREATE_FAILED',
    `Wwise made an action in "${event.path}", but it is gone again.`,
    {
      hint: 'Look at the Event with list_event_actions.',
      details: { event, id },
    },
  );
}
