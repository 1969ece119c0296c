import { z } from 'zod';
import { asJsonArray, asJsonObject, asString, isJsonObject, type JsonObject } from '../../src/base/json.ts';
import { onNameConflict } from '../../src/bus/child-spec.ts';
import { stillNamed } from '../../src/bus/claim.ts';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { createChild, namesakesBefore, settleChild } from '../../src/bus/create-child.ts';
import { findObject, findObjects } from '../../src/bus/find-object.ts';
import { childFusion } from '../../src/bus/fusion/child-fusion.ts';
import { objectDesignator, objectName } from '../../src/bus/object-designator.ts';
import { type CreatedRef, createdRef, referenceIdOf, refOf, refReturns } from '../../src/bus/object-row.ts';
import { wires } from '../../src/bus/wiring.ts';

/** Actions that need nothing but a target, by the number Wwise gives ActionType. */
const actionTypes = {
  Play: 1,
  Stop: 2,
  StopAll: 3,
  Pause: 7,
  PauseAll: 8,
  Resume: 9,
  ResumeAll: 10,
  Break: 34,
  Mute: 4,
  Unmute: 5,
  UnmuteAll: 6,
  PostEvent: 41,
  SetState: 22,
  SetSwitch: 23,
  Trigger: 35,
  ReleaseEnvelope: 40,
  ResetPlaylist: 42,
} as const;

type ActionName = keyof typeof actionTypes;

const actionNames = z.enum([
  'Play',
  'Stop',
  'StopAll',
  'Pause',
  'PauseAll',
  'Resume',
  'ResumeAll',
  'Break',
  'Mute',
  'Unmute',
  'UnmuteAll',
  'PostEvent',
  'SetState',
  'SetSwitch',
  'Trigger',
  'ReleaseEnvelope',
  'ResetPlaylist',
] satisfies ActionName[]);

/** Actions on everything: they have no target. */
const targetless: ReadonlySet<ActionName> = new Set(['StopAll', 'PauseAll', 'ResumeAll', 'UnmuteAll']);

const action = z
  .strictObject({
    type: actionNames.describe('What the action does.'),
    targetPath: objectDesignator(
      'What it acts on; StopAll, PauseAll, ResumeAll and UnmuteAll have none.',
    ).optional(),
    delaySeconds: z.number().min(0).max(600).optional().describe('Delay before the action, 0 to 600 s.'),
    fadeSeconds: z.number().min(0).max(60).optional().describe('Fade-in or fade-out time, 0 to 60 s.'),
  })
  .refine(({ type, targetPath }) => targetless.has(type) || targetPath !== undefined, {
    path: ['targetPath'],
    message: 'is needed for this type of action',
  });

type ActionInput = z.output<typeof action>;

/** What tells an action. */
const actionReturns: readonly string[] = ['@ActionType', '@Target'];

export const createEvent = defineCommand({
  name: 'create_event',
  title: 'Create event',
  description:
    'Create an Event with its actions, when a game must be able to play, stop or otherwise control a sound. Give targetPath for the usual Play event, or actions for anything else (Stop, Pause, Resume, Break, SetState...). For an Event without actions or with unusual ones use create_object.',
  toolset: 'events',
  effect: 'create',
  waapiCalls: 5,
  input: z
    .strictObject({
      name: objectName('Name of the Event, unique in the project, e.g. Play_Boom.'),
      parentPath: objectDesignator('Where to create it: an Event Work Unit or folder.').default(
        '\\Events\\Default Work Unit',
      ),
      targetPath: objectDesignator('What the Event plays: short for one Play action.')
        .optional()
        .register(wires, { kind: 'object', types: playable() }),
      actions: z
        .array(action)
        .min(1)
        .max(200)
        .optional()
        .describe('The actions in order, instead of targetPath.'),
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
    actions: z
      .array(
        z.object({
          id: z.string().describe('GUID of the Action.'),
          type: z
            .string()
            .describe('What it does, e.g. Play; the ActionType number for a kind not listed here.'),
          target: z.object({ id: z.string(), name: z.string() }).nullable().describe('What it acts on.'),
        }),
      )
      .describe('The actions of the Event, in order.'),
  }),
  async run({ name, parentPath, onNameConflict, ...input }, context) {
    const actions = actionsOf(input);
    const targets = actions.flatMap(({ targetPath }) => targetPath ?? []);
    const found = await findObjects([parentPath, ...targets], context);
    const parent = found[0] ?? (await findObject(parentPath, context));
    const idOf = new Map(targets.map((target, index) => [target, found[index + 1]?.id]));
    const children = actions.map((each) => actionSpec(each, idOf));
    const spec = { type: 'Event', name, onNameConflict, members: { children } };
    return described(await createChild(parent, spec, context), context);
  },
  achieved: ({ parentPath }, { id, type, parentId, actions }) => [
    { kind: 'exists', id, type, parentId },
    ...actions.flatMap(({ id: actionId, target }) => [
      { kind: 'exists' as const, id: actionId, type: 'Action', parentId: id },
      { kind: 'reference' as const, id: actionId, reference: 'Target', targetId: target?.id ?? null },
    ]),
    ...stillNamed(parentPath, parentId),
  ],
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
    accepts: ({ actions }) => actions === undefined || Array.isArray(actions),
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
  readonly actions?: ActionInput[] | undefined;
}

function playable(): readonly string[] {
  return [
    'Sound',
    'RandomSequenceContainer',
    'SwitchContainer',
    'BlendContainer',
    'ActorMixer',
    'PropertyContainer',
    'MusicSegment',
    'MusicPlaylistContainer',
    'MusicSwitchContainer',
  ];
}

function actionsOf(input: {
  targetPath?: string | undefined;
  actions?: ActionInput[] | undefined;
}): readonly ActionInput[] {
  return input.actions ?? [{ type: 'Play', targetPath: input.targetPath }];
}

function actionSpec(each: ActionInput, idOf: ReadonlyMap<string, string | undefined>): JsonObject {
  const target = each.targetPath === undefined ? undefined : idOf.get(each.targetPath);
  return {
    type: 'Action',
    name: '',
    '@ActionType': actionTypes[each.type],
    ...(target === undefined ? {} : { '@Target': target }),
    ...(each.delaySeconds === undefined ? {} : { '@Delay': each.delaySeconds }),
    ...(each.fadeSeconds === undefined ? {} : { '@FadeTime': each.fadeSeconds }),
  };
}

async function described(created: CreatedRef, context: CommandContext) {
  const answer = await context.waapi.call(
    'ak.wwise.core.object.get',
    { waql: `$ "${created.id}" select children` },
    { return: [...refReturns, ...actionReturns] },
  );
  const rows = asJsonArray(answer.return).filter(isJsonObject);
  return { ...created, objectId: created.id, actions: rows.map(actionOf) };
}

function actionOf(row: JsonObject) {
  const number = row['@ActionType'];
  const type = Object.entries(actionTypes).find(([, value]) => value === number)?.[0] ?? String(number ?? '');
  const reference = row['@Target'];
  const id = referenceIdOf(reference);
  const name = isJsonObject(reference) ? (asString(reference.name) ?? '') : '';
  return { id: refOf(row).id, type, target: id === null ? null : { id, name } };
}
