import { z } from 'zod';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { createsChild } from '../../src/wwise/batching/description/creates-child.ts';
import type { NewChildView } from '../../src/wwise/batching/description/new-child.ts';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import { isMade } from '../../src/wwise/claims/create-memo.ts';
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
  checkTarget,
  playableTypes,
} from '../../src/wwise/lists/actions.ts';
import { onNameConflict } from '../../src/wwise/objects/creating/child-spec.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { namesakes } from '../../src/wwise/objects/finding/namesakes.ts';
import { objectDesignator, objectName } from '../../src/wwise/objects/finding/object-designator.ts';
import { createdRef, type FoundObject } from '../../src/wwise/objects/rows/object-row.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const action = z.strictObject(actionFields).superRefine(aimIsRight);

const input = z
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
  });

type Input = z.output<typeof input>;

export const createEvent = defineCommand({
  name: 'create_event',
  title: 'Create event',
  description:
    'Create an Event, so that a game can play, stop or control a sound: targetPath for the usual Play, actions for anything else.',
  toolset: 'events',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItMade,
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
  input,
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
  ...createsChild({
    home: '\\Events\\Default Work Unit',
    shares: ({ actions }) =>
      actions === undefined || (Array.isArray(actions) && !actions.some(mayHoldLabels)),
    targets: ({ targetPath, actions }) =>
      [targetPath, ...asJsonArray(actions).map((each) => asJsonObject(each).targetPath)].flatMap(
        (target) => asString(target) ?? [],
      ),
    type: () => 'Event',
    asTaken: async ({ actions, ...asked }: Input, _facts, context) => {
      if (actions === undefined) return asked;
      const numbered: ActionWanted[] = [];
      for (const each of actions) numbered.push(await actionWithNumbers(each, context));
      return { ...asked, actions: numbered };
    },
    members: (asked: Input, view) => ({ children: actionSpecs(asked, actionsOf(asked), view) }),
    missing: async (asked: Input, parent, view, context) => {
      const missing = await missingIn(parent, asked.name, actionsOf(asked), context);
      return { children: actionSpecs(asked, missing, view) };
    },
    below: () => 'children' as const,
    returns: actionReturns,
    output: (created, below) => ({ ...created, objectId: created.id, actions: below.map(actionOf) }),
  }),
});

/** A text may be the label of a choice, which takes a look first. */
function mayHoldLabels(action: Json): boolean {
  const values = Object.values(asJsonObject(asJsonObject(action).properties));
  return values.some((value) => typeof value === 'string' && !value.includes('$'));
}

function actionsOf(input: Pick<Input, 'targetPath' | 'actions'>): readonly ActionWanted[] {
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

/** Checks all that were asked for; gives those of them that are wanted. */
function actionSpecs(
  asked: Input,
  wanted: readonly ActionWanted[],
  { target }: NewChildView,
): readonly JsonObject[] {
  for (const [at, { type, targetPath }] of actionsOf(asked).entries()) {
    const field = asked.actions === undefined ? 'targetPath' : `actions/${at}/targetPath`;
    if (targetPath !== undefined) checkTarget(type, target(targetPath), field);
  }
  return wanted.map((each) => {
    const aim = each.targetPath === undefined ? undefined : target(each.targetPath).id;
    return { type: 'Action', name: '', ...actionMembers(each, aim) };
  });
}
