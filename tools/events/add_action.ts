import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, asString } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import {
  actionFields,
  actionHeld,
  actionMembers,
  actionsIn,
  actionWithNumbers,
  aimIsRight,
  checkTarget,
  eventAction,
} from '../../src/wwise/lists/actions.ts';
import { createChild } from '../../src/wwise/objects/creating/create-child.ts';
import { findObject, findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type FoundObject, type ObjectRef, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const input = z
  .strictObject({
    objectId: objectField('Event.').register(wires, { kind: 'object', types: ['Event'] }),
    ...actionFields,
  })
  .superRefine(aimIsRight);

export const addAction = defineCommand({
  name: 'add_action',
  title: 'Add action',
  description:
    'Add an action to an existing Event, behind those it has. For a new Event use create_event; to remove one, delete_object.',
  toolset: 'events',
  effect: 'create',
  revert: deletesWhatItMade,
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
  async run({ objectId, ...wanted }, context) {
    const [event, target] = await eventAndTarget(objectId, wanted.targetPath, context);
    if (target !== undefined) checkTarget(wanted.type, target, 'targetPath');
    const members = actionMembers(await actionWithNumbers(wanted, context), target?.id);
    const { id } = await createChild(
      event,
      { type: 'Action', name: '', onNameConflict: 'rename', members },
      context,
    );
    return described(refOf(event.row), id, context);
  },
  achieved: ({ objectId, ...wanted }, { action, parentId }) => [
    ...stillNamed(objectId, parentId),
    ...actionHeld(wanted, action, parentId),
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
