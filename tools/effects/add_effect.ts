import { z } from 'zod';
import { WwiseFlowError } from '../../src/base/errors.ts';
import { asJsonArray, asString, type JsonObject } from '../../src/base/json.ts';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { stillNamed } from '../../src/bus/memo/claim.ts';
import { expectType } from '../../src/bus/objects/expect-type.ts';
import { findObject } from '../../src/bus/objects/find-object.ts';
import { leanRef } from '../../src/bus/objects/lean-ref.ts';
import { nameField, objectField } from '../../src/bus/objects/object-field.ts';
import { type FoundObject, refOf } from '../../src/bus/objects/object-row.ts';
import { hasProperty, propertyNames, unknownProperty } from '../../src/bus/objects/property-names.ts';
import { setObjects } from '../../src/bus/objects/set-objects.ts';
import {
  asMembers,
  effectParameters,
  effectPlugin,
  effectSlot,
  slotsOf,
  withEffects,
} from '../../src/bus/structures/effect-slots.ts';
import { wires } from '../../src/bus/wiring.ts';

const input = z
  .strictObject({
    objectId: objectField('Sound, container or bus.').register(wires, { kind: 'object' }),
    plugin: z.string().trim().min(1).max(200).optional().describe('E.g. Wwise RoomVerb.'),
    shareSet: objectField('Instead: an effect ShareSet.').optional(),
    name: nameField('With plugin: its name.').optional(),
    parameters: effectParameters.optional(),
    bypass: z.boolean().default(false).describe('Bypassed.'),
  })
  .refine(({ plugin, shareSet }) => (plugin === undefined) !== (shareSet === undefined), {
    message: 'give either plugin or shareSet',
  })
  .refine(({ shareSet, parameters, name }) => shareSet === undefined || (parameters ?? name) === undefined, {
    message: 'parameters and name belong to a custom effect: change a ShareSet with set_effect_parameters',
  });

export const addEffect = defineCommand({
  name: 'add_effect',
  title: 'Add effect',
  description:
    'Add an effect behind those an object has: a plug-in with parameters, or a ShareSet; overrides the parent. To change it use set_effect_parameters.',
  toolset: 'effects',
  effect: 'create',
  examples: [
    {
      title: 'Add a reverb',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Wind',
        plugin: 'Wwise RoomVerb',
        parameters: { DecayTime: 2 },
      },
    },
  ],
  waapiCalls: 9,
  input,
  output: z.object({ object: leanRef, effect: effectSlot, overridesParent: z.boolean() }),
  async run(asked, context) {
    const found = await withEffects(asked.objectId, context);
    const before = asJsonArray(found.row['@Effects']).length;
    const { row } = await findObject(found.id, context, { returns: ['@OverrideEffect'] });
    const change = {
      object: found.id,
      ...(row['@OverrideEffect'] === undefined ? {} : { '@OverrideEffect': true }),
      '@Effects': [
        { type: 'EffectSlot', name: '', '@Bypass': asked.bypass, '@Effect': await effectOf(asked, context) },
      ],
    };
    await setObjects([change], context, {
      aim: `add an effect to "${found.path}"`,
      listMode: 'append',
      returns: ['id'],
    });
    return described(found, before, row['@OverrideEffect'] !== undefined, context);
  },
  achieved: ({ objectId }, { object, effect }) => [
    ...stillNamed(objectId, object.id),
    { kind: 'reference', id: effect.slotId, reference: 'Effect', targetId: effect.effectId },
    { kind: 'value', id: effect.slotId, property: 'Bypass', value: effect.bypass },
  ],
  async before({ objectId }, context) {
    return (await slotsOf(await withEffects(objectId, context), context)).map(({ slotId }) => slotId);
  },
  async settle({ objectId }, before, context) {
    const found = await withEffects(objectId, context);
    const known = new Set(asJsonArray(before).flatMap((id) => asString(id) ?? []));
    const effect = (await slotsOf(found, context)).find(({ slotId }) => !known.has(slotId));
    const { row } = await findObject(found.id, context, { returns: ['@OverrideEffect'] });
    return effect === undefined
      ? null
      : { object: refOf(found.row), effect, overridesParent: row['@OverrideEffect'] === true };
  },
});

async function effectOf(
  asked: z.output<typeof input>,
  context: CommandContext,
): Promise<string | JsonObject> {
  const { plugin = '', shareSet, parameters = {} } = asked;
  if (shareSet !== undefined) return expectType(await findObject(shareSet, context), 'shareSet', 'Effect').id;
  const { classId, name } = await effectPlugin(plugin, context);
  const members = asMembers(parameters);
  const known = Object.keys(members).length === 0 ? [] : await propertyNames({ classId }, context.waapi);
  for (const member of Object.keys(members))
    if (!hasProperty(member.slice(1), known)) throw unknownProperty(member.slice(1), known, name);
  return { type: 'Effect', name: asked.name ?? name, classId, ...members };
}

async function described(found: FoundObject, at: number, overridesParent: boolean, context: CommandContext) {
  const effect = (await slotsOf(await withEffects(found.id, context), context)).at(-1);
  if (effect !== undefined && effect.slot >= at) return { object: refOf(found.row), effect, overridesParent };
  throw new WwiseFlowError(
    'CREATE_FAILED',
    `Wwise accepted the call, but "${found.path}" has no new effect.`,
    {
      hint: 'Look with list_effects: all slots may be taken.',
      details: { object: refOf(found.row) },
    },
  );
}
