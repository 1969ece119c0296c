import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, asString, type Json, type JsonObject } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { type Claim, stillNamed, valuesHeld, withoutNames } from '../../src/wwise/claims/claim.ts';
import {
  findStateful,
  type StateValues,
  statesOf,
  statesOutput,
  statesReturns,
} from '../../src/wwise/lists/states.ts';
import { theOne } from '../../src/wwise/lists/switch-assignments.ts';
import { isIgnored, notKept } from '../../src/wwise/objects/changes/not-kept.ts';
import { callObjectSet, explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { childrenOf } from '../../src/wwise/objects/finding/children-of.ts';
import { findObject, findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type CreatedRef, type FoundObject, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { propertyField } from '../../src/wwise/objects/rows/text-fields.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { hasProperty, propertyNames, unknownProperty } from '../../src/wwise/objects/types/property-names.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const input = z
  .strictObject({
    objectId: objectField('Sound, container, bus...').register(wires, {
      kind: 'object',
    }),
    stateGroups: z.array(objectField('A State Group.')).max(50).optional().describe('All it shall follow.'),
    properties: z
      .array(propertyField.describe('Property name.'))
      .max(50)
      .optional()
      .describe('All that States change, e.g. Volume.'),
    values: z
      .array(
        z.strictObject({
          state: z.string().trim().min(1).max(2_000).describe('State, by name or path.'),
          values: z
            .record(propertyField, z.union([z.number(), z.boolean(), z.string()]))
            .describe('{"Volume": -96}: in dB, added.'),
        }),
      )
      .min(1)
      .max(500)
      .optional()
      .describe('Others stay.'),
  })
  .refine(({ stateGroups, properties, values }) => (stateGroups ?? properties ?? values) !== undefined, {
    message: 'give stateGroups, properties or values',
  });

type Input = z.output<typeof input>;

export const setStates = defineCommand({
  name: 'set_states',
  title: 'Set states',
  description:
    'Choose which State Groups an object follows, which properties States change (lists replace the old ones) and to what. First create_state_group.',
  toolset: 'gamesyncs',
  effect: 'update',
  revert: {
    calls: 'Groups, properties and values before are set again.',
    except: `What a group that it took away had set comes back ${exactlyOrByUndo}`,
  },
  examples: [
    {
      title: 'Let the rain lower a volume',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Wind',
        stateGroups: ['StateGroup:Weather'],
        properties: ['Volume'],
        values: [{ state: 'Rain', values: { Volume: -6 } }],
      },
    },
  ],
  waapiCalls: 21,
  input,
  output: z.object({ object: leanRef, ...statesOutput }),
  async run(asked, context) {
    const found = await findStateful(asked.objectId, context);
    const [, ...groups] = await findObjects([found.id, ...(asked.stateGroups ?? [])], context);
    for (const group of groups) expectType(group, 'stateGroups', 'StateGroup');
    const names = await spelled(found, asked, context);
    await context.oneStep(`Set States of ${found.name}`, async () => {
      if (asked.stateGroups !== undefined) await setGroups(found, groups, context);
      if (asked.properties !== undefined) await setProperties(found, asked.properties.map(names), context);
      if (asked.values !== undefined) await setValues(found, asked.values, names, context);
    });
    const after = await findObject(found.id, context, { returns: statesReturns });
    const now = await statesOf(after, context);
    if (now.stateGroups !== null && asked.stateGroups !== undefined) {
      const kept = new Set(now.stateGroups.map(({ id }) => id));
      const lacking = groups.filter(({ id }) => !kept.has(id)).map(({ path }) => path);
      if (lacking.length > 0 || kept.size !== new Set(groups.map(({ id }) => id)).size)
        throw notKept(`"${found.path}" follows other State Groups than those`, {
          object: refOf(after.row),
          lacking,
        });
    }
    // An empty list brings the usual properties back.
    const lost = (asked.properties ?? []).filter((name) => !hasProperty(name, now.properties ?? [name]));
    if (lost.length > 0)
      throw notKept(`the States of "${found.path}" do not change ${lost.join(', ')}`, {
        object: refOf(after.row),
        lacking: lost,
      });
    return { object: refOf(after.row), ...now };
  },
  achieved: ({ objectId, ...asked }, { object, stateGroups, properties, values }) => {
    const groups = asked.stateGroups === undefined ? [] : listHeld(object.id, 'stateGroups', stateGroups);
    const names = asked.properties === undefined ? [] : listHeld(object.id, 'stateProperties', properties);
    const held = (asked.values ?? []).map((wanted) => stateHeld(wanted, values ?? []));
    // Some versions of Wwise do not answer all of it.
    if ([groups, names, ...held].includes(undefined)) return [];
    return [
      ...(groups ?? []),
      ...(names ?? []),
      ...held.flatMap((one) => one ?? []),
      ...stillNamed(objectId, object.id),
    ];
  },
});

/** The claim that a list of the object is this; undefined where Wwise does not say. */
function listHeld(
  id: string,
  expression: string,
  list: readonly Json[] | null,
): readonly Claim[] | undefined {
  return list === null ? undefined : [{ kind: 'answers', id, expression, answer: withoutNames([...list]) }];
}

/** Claims that a State makes of the object what was asked; undefined when it is not among these. */
function stateHeld(
  { state, values }: NonNullable<Input['values']>[number],
  held: readonly StateValues[],
): readonly Claim[] | undefined {
  const tail = `\\${state.toLowerCase().split(/[\\:]/).at(-1) ?? ''}`;
  const [one, other] = held.filter((each) => each.id === state || each.state.toLowerCase().endsWith(tail));
  if (one === undefined || other !== undefined) return undefined;
  const spelled = Object.entries(values).map(([name, value]): [string, Json] => [
    Object.keys(one.values).find((known) => known.toLowerCase() === name.toLowerCase()) ?? name,
    value,
  ]);
  return valuesHeld(one.id, Object.fromEntries(spelled));
}

/** Gives names in the spelling of the type, after checking all of them: nothing shall be half done. */
async function spelled(found: FoundObject, { properties, values }: Input, context: CommandContext) {
  const asked = [...(properties ?? []), ...(values ?? []).flatMap((one) => Object.keys(one.values))];
  const known = asked.length === 0 ? [] : await propertyNames({ object: found.id }, context.waapi);
  const spelling = new Map(known.map((name) => [name.toLowerCase(), name]));
  for (const name of asked)
    if (!spelling.has(name.toLowerCase())) throw unknownProperty(name, known, found.type);
  return (name: string) => spelling.get(name.toLowerCase()) ?? name;
}

function setGroups({ id, path }: FoundObject, groups: readonly { id: string }[], context: CommandContext) {
  return explaining(`set the State Groups of "${path}"`, () =>
    context.waapi.call('ak.wwise.core.object.setStateGroups', {
      object: id,
      stateGroups: groups.map((group) => group.id),
    }),
  );
}

function setProperties(
  { id, path }: FoundObject,
  stateProperties: readonly string[],
  context: CommandContext,
) {
  return explaining(`set the state properties of "${path}"`, () =>
    context.waapi.call('ak.wwise.core.object.setStateProperties', {
      object: id,
      stateProperties: [...stateProperties],
    }),
  );
}

async function setValues(
  found: FoundObject,
  wanted: NonNullable<Input['values']>,
  names: (name: string) => string,
  context: CommandContext,
): Promise<void> {
  const { row } = await findObject(found.id, context, { returns: statesReturns });
  const present = asJsonArray(row.stateProperties).flatMap((name) => asString(name) ?? []);
  const used = [...new Set(wanted.flatMap((one) => Object.keys(one.values).map(names)))];
  const more = used.filter((name) => !hasProperty(name, present));
  if (more.length > 0) await setProperties(found, [...present, ...more], context);
  const before = await heldValues(found, context);
  const states = await statesFollowed(before.groups, context);
  const changes = wanted.map(({ state, values }): { one: StateValues; change: JsonObject } => {
    const { path } = theOne(state, states, `"${found.path}" follows no State Group with the State`);
    const one = before.values.find((held) => held.state === path);
    if (one === undefined) throw withoutValues(found, path);
    const members = Object.entries(values).map(([name, value]) => [`@${names(name)}`, value]);
    return { one, change: { object: one.id, ...Object.fromEntries(members) } };
  });
  await callObjectSet(
    changes.map(({ change }) => change),
    context,
    { aim: `set what States make of "${found.path}"`, returns: ['id'] },
  );
  const after = await heldValues(found, context);
  for (const { one, change } of changes) {
    const kept = after.values.find(({ id }) => id === one.id)?.values ?? {};
    for (const [member, value] of Object.entries(change)) {
      const name = member.slice(1);
      if (member === 'object' || !isIgnored(value, one.values[name], kept[name])) continue;
      const what = `${name} of "${found.path}" in ${one.state} is ${JSON.stringify(kept[name])}, not ${value}`;
      throw notKept(what, { object: refOf(found.row) });
    }
  }
}

/** What the object follows and its values there. Throws where this Wwise gives no access to them. */
async function heldValues(found: FoundObject, context: CommandContext) {
  const read = async () => statesOf(await findObject(found.id, context, { returns: statesReturns }), context);
  const { stateGroups, values } = await read();
  if (values === null || stateGroups === null) throw tooOld(found);
  return { groups: stateGroups, values };
}

async function statesFollowed(groups: readonly { id: string }[], context: CommandContext) {
  const states: CreatedRef[] = [];
  for (const { id } of groups) states.push(...(await childrenOf(id, context)));
  return states;
}

function withoutValues(found: FoundObject, state: string): WwiseFlowError {
  const isNone = state.endsWith('\\None');
  return new WwiseFlowError('INVALID_INPUT', `"${found.path}" has no values of its own in "${state}".`, {
    hint: isNone
      ? 'In None an object keeps its own values: use set_property.'
      : 'The State is newer than the choice of its group: repeat with stateGroups, all it shall follow.',
    details: { object: refOf(found.row), state },
  });
}

function tooOld(found: FoundObject): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `This Wwise does not give out what States make of "${found.path}".`,
    {
      hint: 'It takes Wwise 2025.1 or later; set the values in the States tab.',
      details: { object: refOf(found.row) },
    },
  );
}
