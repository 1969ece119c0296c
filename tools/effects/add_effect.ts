import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { stillNamed, valuesHeld } from '../../src/wwise/claims/claim.ts';
import {
  effectParameters,
  effectPlugin,
  effectSlot,
  parameterMembers,
  slotsOf,
  withEffects,
} from '../../src/wwise/lists/effect-slots.ts';
import { callObjectSet } from '../../src/wwise/objects/changes/set-objects.ts';
import { childrenOf } from '../../src/wwise/objects/finding/children-of.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { nameField, objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type CreatedRef, type FoundObject, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { choiceValues } from '../../src/wwise/objects/types/choice-values.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { hasProperty, propertyNames, unknownProperty } from '../../src/wwise/objects/types/property-names.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const input = z
  .strictObject({
    objectId: objectField('Sound, container, bus...').register(wires, { kind: 'object' }),
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
    'Add an effect behind those an object has: a plug-in with parameters, or a ShareSet; overrides the parent. In a Work Unit of Effects it becomes a new ShareSet. To change it use set_effect_parameters.',
  toolset: 'effects',
  effect: 'create',
  revert: deletesWhatItMade,
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
  waapiCalls: 13,
  input,
  output: z.object({
    object: leanRef,
    effect: effectSlot.extend({ slot: z.int().nullable(), slotId: z.string().nullable() }),
    overridesParent: z.boolean(),
  }),
  async run(asked, context) {
    const home = await homeOfShareSets(asked.objectId, context);
    if (home !== undefined) return createShareSet(home, asked, context);
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
    await callObjectSet([change], context, {
      aim: `add an effect to "${found.path}"`,
      listMode: 'append',
      returns: ['id'],
    });
    return described(found, before, row['@OverrideEffect'] !== undefined, context);
  },
  achieved: ({ objectId, shareSet, name, parameters, bypass }, { object, effect, overridesParent }) => {
    const effectId = effect.effectId ?? '';
    const asked = [
      ...stillNamed(objectId, object.id),
      ...valuesHeld(effectId, parameters),
      ...(shareSet === undefined ? [] : stillNamed(shareSet, effectId)),
    ];
    if (effect.slotId === null)
      return [
        { kind: 'exists', id: effectId, type: 'Effect', parentId: object.id, name: effect.name },
        ...asked,
      ];
    return [
      { kind: 'holds', id: object.id, expression: '@Effects', items: [effect.slotId] },
      { kind: 'reference', id: effect.slotId, reference: 'Effect', targetId: effect.effectId },
      ...valuesHeld(effect.slotId, { Bypass: bypass }),
      ...valuesHeld(object.id, overridesParent ? { OverrideEffect: true } : {}),
      ...(name === undefined ? [] : [{ kind: 'called' as const, id: effectId, name }]),
      ...asked,
    ];
  },
  async before({ objectId }, context) {
    const home = await homeOfShareSets(objectId, context);
    if (home !== undefined) return (await childrenOf(home.id, context)).map(({ id }) => id);
    return (await slotsOf(await withEffects(objectId, context), context)).map(({ slotId }) => slotId);
  },
  async settle({ objectId, plugin, name }, before, context) {
    const known = new Set(asJsonArray(before).flatMap((id) => asString(id) ?? []));
    const home = await homeOfShareSets(objectId, context);
    if (home !== undefined) {
      const made = (await childrenOf(home.id, context)).find(({ id }) => !known.has(id));
      return made === undefined ? null : shareSetOutput(home, made, name ?? plugin ?? '');
    }
    const found = await withEffects(objectId, context);
    const effect = (await slotsOf(found, context)).find(({ slotId }) => !known.has(slotId));
    const { row } = await findObject(found.id, context, { returns: ['@OverrideEffect'] });
    return effect === undefined
      ? null
      : { object: refOf(found.row), effect, overridesParent: row['@OverrideEffect'] === true };
  },
});

/** The Work Unit or folder, when the input names one where ShareSets live; undefined for an object that plays. */
async function homeOfShareSets(objectId: string, context: CommandContext): Promise<FoundObject | undefined> {
  const found = await findObject(objectId, context);
  return found.path.startsWith('\\Effects\\') && ['WorkUnit', 'Folder'].includes(found.type)
    ? found
    : undefined;
}

async function createShareSet(home: FoundObject, asked: z.output<typeof input>, context: CommandContext) {
  if (asked.plugin === undefined || asked.bypass) throw needsPlugin(home);
  const effect = await effectOf(asked, context);
  await callObjectSet([{ object: home.id, children: [effect] }], context, {
    aim: `create an effect ShareSet in "${home.path}"`,
    returns: ['id'],
  });
  const name = asJsonObject(effect).name;
  const made = (await childrenOf(home.id, context)).find((child) => child.name === name);
  if (made === undefined) throw notThere(home);
  return shareSetOutput(home, made, (await effectPlugin(asked.plugin, context)).name);
}

function shareSetOutput(home: FoundObject, { id, name }: CreatedRef, plugin: string) {
  const effect = { slot: null, slotId: null, effectId: id, name, plugin, isShareSet: true, bypass: false };
  return { object: refOf(home.row), effect, overridesParent: false };
}

function needsPlugin(home: FoundObject): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `A new ShareSet in "${home.path}" is made of a plug-in, without bypass.`,
    {
      hint: 'Give plugin, and name for what it shall be called; to copy a ShareSet use copy_object.',
      details: { object: refOf(home.row) },
    },
  );
}

async function effectOf(
  asked: z.output<typeof input>,
  context: CommandContext,
): Promise<string | JsonObject> {
  const { plugin = '', shareSet, parameters = {} } = asked;
  if (shareSet !== undefined) return expectType(await findObject(shareSet, context), 'shareSet', 'Effect').id;
  const { classId, name } = await effectPlugin(plugin, context);
  const members = parameterMembers(await choiceValues({ type: 'Effect', classId }, parameters, context));
  const known = Object.keys(members).length === 0 ? [] : await propertyNames({ classId }, context.waapi);
  for (const member of Object.keys(members))
    if (!hasProperty(member.slice(1), known)) throw unknownProperty(member.slice(1), known, name);
  return { type: 'Effect', name: asked.name ?? name, classId, ...members };
}

async function described(found: FoundObject, at: number, overridesParent: boolean, context: CommandContext) {
  const effect = (await slotsOf(await withEffects(found.id, context), context)).at(-1);
  if (effect !== undefined && effect.slot >= at) return { object: refOf(found.row), effect, overridesParent };
  throw notThere(found);
}

function notThere({ path, row }: FoundObject): WwiseFlowError {
  return new WwiseFlowError('CREATE_FAILED', `Wwise accepted the call, but "${path}" has no new effect.`, {
    hint: 'Look with list_effects: all slots may be taken.',
    details: { object: refOf(row) },
  });
}
