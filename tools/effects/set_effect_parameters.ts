import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import type { Json } from '../../src/core/json.ts';
import { jsonRecord } from '../../src/core/json-record.ts';
import { stillNamed, valuesHeld } from '../../src/wwise/claims/claim.ts';
import {
  effectParameters,
  parameterMembers,
  slotsOf,
  theSlot,
  withEffects,
} from '../../src/wwise/lists/effect-slots.ts';
import { isIgnored, notKept } from '../../src/wwise/objects/changes/not-kept.ts';
import { callObjectSet } from '../../src/wwise/objects/changes/set-objects.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type FoundObject, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { choiceValues } from '../../src/wwise/objects/types/choice-values.ts';
import { hasProperty, propertyNames, unknownProperty } from '../../src/wwise/objects/types/property-names.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const setEffectParameters = defineCommand({
  name: 'set_effect_parameters',
  title: 'Set effect parameters',
  description: 'Change parameters of an effect, a ShareSet or one slot of an object.',
  toolset: 'effects',
  effect: 'update',
  revert: setsAgain,
  examples: [
    {
      title: 'Bypass the first effect',
      input: { objectId: '\\Containers\\Default Work Unit\\Steps', effect: 0, bypass: true },
    },
  ],
  waapiCalls: 8,
  input: z
    .strictObject({
      objectId: objectField('An effect, or the object that has it.'),
      effect: z
        .union([z.int().min(0), z.string().min(1)])
        .optional()
        .describe('Of an object: slot number or name.'),
      parameters: effectParameters.default({}),
      bypass: z.boolean().optional().describe('Bypass the slot.'),
    })
    .refine(({ parameters, bypass }) => Object.keys(parameters).length > 0 || bypass !== undefined, {
      message: 'give parameters or bypass',
    })
    .refine(({ bypass, effect }) => bypass === undefined || effect !== undefined, {
      path: ['effect'],
      message: 'is needed with bypass: it belongs to a slot',
    }),
  output: z.object({
    effect: leanRef,
    parameters: z.record(z.string(), z.json()).describe('The values Wwise keeps now.'),
    bypass: z.boolean().optional(),
  }),
  async run({ objectId, effect, parameters, bypass }, context) {
    const { effectId, slotId } = await idsOf(objectId, effect, context);
    const names = Object.keys(parameterMembers(parameters));
    const target = await findObject(effectId, context, { returns: ['@Effects'] });
    if (target.row['@Effects'] !== undefined) throw namesNoSlot(target);
    await checkNames(effectId, target.type, names, context);
    const owner = { type: target.type, object: effectId };
    const members = parameterMembers(await choiceValues(owner, parameters, context));
    const before = (await findObject(effectId, context, { returns: names })).row;
    const changes = [
      ...(names.length === 0 ? [] : [{ object: effectId, ...members }]),
      ...(bypass === undefined || slotId === null ? [] : [{ object: slotId, '@Bypass': bypass }]),
    ];
    await callObjectSet(changes, context, {
      aim: `set parameters of effect "${target.name}"`,
      returns: ['id'],
    });
    const { row } = await findObject(effectId, context, { returns: names });
    const ignored = names.filter((name) => isIgnored(members[name], before[name], row[name]));
    if (ignored.length > 0) {
      const what = `${ignored.map((name) => name.slice(1)).join(', ')} of effect "${target.name}" kept their values`;
      throw notKept(what, { effect: refOf(row) });
    }
    if (bypass !== undefined && slotId !== null) {
      const slot = await findObject(slotId, context, { returns: ['@Bypass'] });
      if (slot.row['@Bypass'] !== bypass)
        throw notKept(`the bypass of effect "${target.name}" is not ${bypass}`, { effect: refOf(row) });
    }
    const values = names.map((name): [string, Json] => [name.slice(1), row[name] ?? null]);
    return {
      effect: refOf(row),
      parameters: jsonRecord.parse(Object.fromEntries(values)),
      ...(bypass === undefined ? {} : { bypass }),
    };
  },
  // A slot number or name may mean another effect later.
  achieved: ({ objectId, effect: slot, parameters }, { effect }) =>
    slot === undefined ? [...valuesHeld(effect.id, parameters), ...stillNamed(objectId, effect.id)] : [],
});

async function idsOf(
  objectId: string,
  effect: number | string | undefined,
  context: CommandContext,
): Promise<{ effectId: string; slotId: string | null }> {
  if (effect === undefined) return { effectId: (await findObject(objectId, context)).id, slotId: null };
  const found = await withEffects(objectId, context);
  const slot = theSlot(await slotsOf(found, context), effect, found);
  return { effectId: slot.effectId ?? '', slotId: slot.slotId };
}

function namesNoSlot(target: FoundObject): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `${target.type} "${target.path}" has effects, but is none: effect must say which.`,
    {
      hint: 'Give effect: the slot number or name that list_effects shows.',
      details: { object: refOf(target.row) },
    },
  );
}

async function checkNames(
  id: string,
  type: string,
  members: readonly string[],
  context: CommandContext,
): Promise<void> {
  if (members.length === 0) return;
  const known = await propertyNames({ object: id }, context.waapi);
  for (const member of members) {
    const name = member.slice(1);
    if (!hasProperty(name, known)) throw unknownProperty(name, known, type);
  }
}
