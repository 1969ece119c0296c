import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { childFusion } from '../../src/bus/fusion/child-fusion.ts';
import { stillNamed } from '../../src/bus/memo/claim.ts';
import { isMade } from '../../src/bus/memo/create-memo.ts';
import { wires } from '../../src/bus/wiring.ts';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../src/core/json.ts';
import {
  type ActionWanted,
  actionAsked,
  actionFacts,
  actionFields,
  actionHeld,
  actionMembers,
  actionOf,
  actionReturns,
  actionsIn,
  actionWithNumbers,
  aimIsRight,
  canTarget,
  checkTarget,
  playableTypes,
} from '../../src/wwise/lists/actions.ts';
import { askRows } from '../../src/wwise/objects/ask-rows.ts';
import { onNameConflict } from '../../src/wwise/objects/child-spec.ts';
import { createChild, namesakesBefore, settleChild } from '../../src/wwise/objects/create-child.ts';
import { findObject, findObjects } from '../../src/wwise/objects/find-object.ts';
import { namesakes } from '../../src/wwise/objects/namesakes.ts';
import { objectDesignator, objectName } from '../../src/wwise/objects/object-designator.ts';
import {
  type CreatedRef,
  createdRef,
  type FoundObject,
  refReturns,
} from '../../src/wwise/objects/object-row.ts';

const action = z.strictObject(actionFields).superRefine(aimIsRight);

export const createEvent = defineCommand({
  name: 'create_event',
  title: 'Create event',
  description:
    'Create an Event, so that a game can play, stop or control a sound: targetPath for the usual Play, actions for anything else.',
  toolset: 'events',
  effect: 'create',
  examples: [
    {
      title: 'Create the Event that plays a Sound',
      input: { name: 'Play_Wind', targetPath: '\\Containers\\Default Work Unit\\Wind' },
    },
    {
      title: 'Create an Event that stops it with a fade',
      input: {
        name: 'Stop_Wind',
        actions: [{ type: 'Stop', targetPath: '\\Containers\\Default Work Unit\\Wind', fadeSeconds: 1 }],
      },
    },
  ],
  waapiCalls: 5,
  input: z
    .strictObject({
      name: objectName('E.g. Play_Boom.'),
      parentPath: objectDesignator('Work Unit or folder.').default('\\Events\\Default Work Unit'),
      targetPath: objectDesignator('What it plays.')
        .optional()
        .register(wires, { kind: 'object', types: playableTypes }),
      actions: z.array(action).min(1).max(200).optional().describe('Or: actions in order.'),
      onNameConflict,
    })
    .refine(({ targetPath, actions }) => (targetPath === undefined) !== (actions === undefined), {
      message: 'give either targetPath or actions',
    }),
  oneOf: [['targetPath'], ['actions']],
  output: createdRef.extend({
    objectId: z
      .string()
      .describe('GUID of the Event, as other commands take it.')
      .register(wires, {
        kind: 'object',
        types: ['Event'],
      }),
    actions: z.array(actionFacts).describe('The actions of the Event, in order.'),
  }),
  async run({ name, parentPath, onNameConflict, ...input }, context) {
    const actions: ActionWanted[] = [];
    for (const each of actionsOf(input)) actions.push(await actionWithNumbers(each, context));
    const targets = actions.flatMap(({ targetPath }) => targetPath ?? []);
    const found = await findObjects([parentPath, ...targets], context);
    const parent = found[0] ?? (await findObject(parentPath, context));
    const idOf = new Map(targets.map((target, index) => [target, found[index + 1]?.id]));
    for (const [at, { type, targetPath }] of actions.entries()) {
      const target = targetPath === undefined ? undefined : found[targets.indexOf(targetPath) + 1];
      const field = input.actions === undefined ? 'targetPath' : `actions/${at}/targetPath`;
      if (target !== undefined) checkTarget(type, target, field);
    }
    const missing = onNameConflict === 'merge' ? await missingIn(parent, name, actions, context) : actions;
    const children = missing.map((each) => actionSpec(each, idOf));
    const spec = { type: 'Event', name, onNameConflict, members: { children } };
    return described(await createChild(parent, spec, context), context);
  },
  achieved: ({ parentPath, ...input }, { actions, ...made }) => {
    const free = [...actions];
    const asked = actionsOf(input).flatMap((wanted) => {
      const action = actionAsked(wanted, free);
      if (action === undefined) return [];
      free.splice(free.indexOf(action), 1);
      return actionHeld(wanted, action, made.id);
    });
    return [isMade(made), ...asked, ...stillNamed(parentPath, made.parentId)];
  },
  before: ({ parentPath, name }, context) => namesakesBefore(parentPath, name, context),
  async settle({ parentPath, name, onNameConflict }, before, context) {
    const created = await settleChild(
      { parent: parentPath, name, type: 'Event', onNameConflict, before },
      context,
    );
    return created === null ? null : described(created, context);
  },
  fusion: childFusion({
    home: '\\Events\\Default Work Unit',
    accepts: ({ actions }) =>
      actions === undefined || (Array.isArray(actions) && !actions.some(mayHoldLabels)),
    targets: ({ targetPath, actions }) =>
      [targetPath, ...asJsonArray(actions).map((each) => asJsonObject(each).targetPath)].flatMap(
        (target) => asString(target) ?? [],
      ),
    returns: actionReturns,
    describe: (input: EventInput, { find }) => {
      const actions = actionsOf(input);
      const targets = actions.flatMap(({ targetPath }) => targetPath ?? []);
      const idOf = new Map(targets.map((target) => [target, find(target)?.id]));
      if ([...idOf.values()].includes(undefined)) return undefined;
      const isApt = ({ type, targetPath = '' }: ActionWanted) =>
        canTarget(type, find(targetPath)?.type ?? '');
      if (!actions.every((each) => each.targetPath === undefined || isApt(each))) return undefined;
      return { type: 'Event', members: { children: actions.map((each) => actionSpec(each, idOf)) } };
    },
    output: (created, { children }) => ({
      ...created,
      objectId: created.id,
      actions: children.map(actionOf),
    }),
  }),
});

interface EventInput {
  readonly name: string;
  readonly parentPath: string;
  readonly targetPath?: string | undefined;
  readonly actions?: readonly ActionWanted[] | undefined;
}

/** A text may be the label of a choice, which takes a look first. */
function mayHoldLabels(action: Json): boolean {
  const values = Object.values(asJsonObject(asJsonObject(action).properties));
  return values.some((value) => typeof value === 'string' && !value.includes('$'));
}

function actionsOf(input: Pick<EventInput, 'targetPath' | 'actions'>): readonly ActionWanted[] {
  return input.actions ?? [{ type: 'Play', targetPath: input.targetPath }];
}

/** Those of the actions that the Event to merge with has not: Wwise would add all of them once more. */
async function missingIn(
  parent: FoundObject,
  name: string,
  actions: readonly ActionWanted[],
  context: CommandContext,
): Promise<readonly ActionWanted[]> {
  const [event] = await namesakes(parent.id, name, context);
  if (event?.name.toLowerCase() !== name.toLowerCase()) return actions;
  const present = await actionsIn(`$ "${event.id}" select children`, context);
  return actions.filter((wanted) => {
    const found = actionAsked(wanted, present);
    if (found !== undefined) present.splice(present.indexOf(found), 1);
    return found === undefined;
  });
}

function actionSpec(each: ActionWanted, idOf: ReadonlyMap<string, string | undefined>): JsonObject {
  const target = each.targetPath === undefined ? undefined : idOf.get(each.targetPath);
  return { type: 'Action', name: '', ...actionMembers(each, target) };
}

async function described(created: CreatedRef, context: CommandContext) {
  const rows = await askRows(`$ "${created.id}" select children`, [...refReturns, ...actionReturns], context);
  return { ...created, objectId: created.id, actions: rows.map(actionOf) };
}
