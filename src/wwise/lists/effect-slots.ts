import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, asString, type JsonObject } from '../../core/json.ts';
import { didYouMean, nearest } from '../../core/text/nearest.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { findObject } from '../objects/finding/find-object.ts';
import { type FoundObject, referenceIdOf, refOf } from '../objects/rows/object-row.ts';
import { type KnownType, knownTypes, unlistedPlugins } from '../objects/types/type-members.ts';
import type { CommandContext } from '../wwise-command.ts';

/** A filled effect slot of an object. */
export const effectSlot = z.object({
  slot: z.int(),
  slotId: z.string().describe('Empty before Wwise 2023.1.'),
  effectId: z.string().nullable(),
  name: z.string(),
  plugin: z.string(),
  isShareSet: z.boolean(),
  bypass: z.boolean(),
});

export type EffectSlot = z.output<typeof effectSlot>;

/** Parameter values of an effect by property name. */
export const effectParameters = z
  .record(z.string().regex(/^@?[:_a-zA-Z0-9]+$/), z.union([z.string(), z.number(), z.boolean()]))
  .describe('By name: {"DecayTime": 2}; describe_type lists them.');

/** The same as members of a WAAPI call. */
export function parameterMembers(parameters: z.output<typeof effectParameters>) {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [`@${name.replace(/^@/, '')}`, value]),
  );
}

/** The object with its effect list. Throws when its type has none, or when this Wwise keeps effects elsewhere. */
export async function withEffects(designator: string, context: CommandContext): Promise<FoundObject> {
  const { year } = await context.project();
  if (year < 2023) {
    throw new WwiseFlowError('WAAPI_ERROR', `Wwise ${year} has no effect list: it came with 2023.1.`, {
      hint: 'Use set_reference with Effect0 to Effect3 and an effect ShareSet.',
      details: { year },
    });
  }
  const found = await findObject(designator, context, { returns: ['@Effects'] });
  if (found.row['@Effects'] !== undefined) return found;
  throw takesNone(found);
}

function takesNone({ type, path, row }: FoundObject): WwiseFlowError {
  return new WwiseFlowError('UNKNOWN_PROPERTY', `${type} "${path}" takes no effects.`, {
    hint: 'Give a Sound, container, bus, music object or audio device.',
    details: { object: refOf(row) },
  });
}

/**
 * The effects of an object and its slots, on any Wwise: before 2023.1 they are references, and have no ids of their own.
 * Throws when its type has none.
 */
export async function effectsOf(
  designator: string,
  context: CommandContext,
): Promise<{ readonly found: FoundObject; readonly effects: EffectSlot[] }> {
  const { year } = await context.project();
  if (year >= 2023) {
    const found = await withEffects(designator, context);
    return { found, effects: await slotsOf(found, context) };
  }
  const four = [0, 1, 2, 3];
  const returns = four.flatMap((slot) => [`@Effect${slot}`, `@BypassEffect${slot}`]);
  const found = await findObject(designator, context, { returns });
  if (!returns.some((name) => found.row[name] !== undefined)) throw takesNone(found);
  const ids = four.map((slot) => referenceIdOf(found.row[`@Effect${slot}`]));
  const facts = await effectFacts(
    ids.flatMap((id) => id ?? []),
    context,
  );
  const effects = ids.flatMap((id, slot) =>
    id === null
      ? []
      : [{ slot, slotId: '', ...factsIn(facts, id), bypass: found.row[`@BypassEffect${slot}`] === true }],
  );
  return { found, effects };
}

/** The slots of an object found by withEffects, in order. At most two more queries. */
export async function slotsOf(
  object: FoundObject,
  context: Pick<CommandContext, 'waapi'>,
): Promise<EffectSlot[]> {
  const ids = asJsonArray(object.row['@Effects']).flatMap((slot) => referenceIdOf(slot) ?? []);
  if (ids.length === 0) return [];
  const rows = await askRows(quoted(ids), ['id', '@Effect', '@Bypass'], context);
  const facts = await effectFacts(
    rows.flatMap((row) => referenceIdOf(row['@Effect']) ?? []),
    context,
  );
  return rows.map((row, slot) => ({
    slot,
    slotId: referenceIdOf(row.id) ?? '',
    ...factsIn(facts, referenceIdOf(row['@Effect'])),
    bypass: row['@Bypass'] === true,
  }));
}

async function effectFacts(
  ids: readonly string[],
  context: Pick<CommandContext, 'waapi'>,
): Promise<readonly JsonObject[]> {
  return ids.length === 0 ? [] : askRows(quoted(ids), ['id', 'name', 'pluginName', 'parent'], context);
}

function factsIn(rows: readonly JsonObject[], effectId: string | null) {
  const effect = rows.find((one) => referenceIdOf(one.id) === effectId);
  return {
    effectId,
    name: asString(effect?.name) ?? '',
    plugin: asString(effect?.pluginName) ?? '',
    // A custom effect is owned by its slot; a ShareSet has a place in the project.
    isShareSet: referenceIdOf(effect?.parent) !== null,
  };
}

/** One slot by number or by the name of its effect or plug-in. Throws OBJECT_NOT_FOUND with the slots there are. */
export function theSlot(
  slots: readonly EffectSlot[],
  wanted: number | string,
  object: FoundObject,
): EffectSlot {
  const word = String(wanted).toLowerCase();
  const found = slots.find(
    (one) =>
      (typeof wanted === 'number' && one.slot === wanted) ||
      [one.name, one.plugin, one.effectId ?? ''].some((name) => name.toLowerCase() === word && word !== ''),
  );
  if (found !== undefined) return found;
  throw new WwiseFlowError('OBJECT_NOT_FOUND', `"${object.path}" has no effect "${wanted}".`, {
    hint: 'Use the slot number or name of one of details.slots.',
    details: { object: refOf(object.row), slots: slots.map((one) => ({ ...one })) },
  });
}

/** Class id and full name of an effect plug-in of this Wwise by its name; third-party plug-ins included. Throws with the nearest names. */
export async function effectPlugin(
  name: string,
  context: Pick<CommandContext, 'waapi'>,
): Promise<{ readonly classId: number; readonly name: string }> {
  // The low four bits of a class id are the kind of plug-in: 3 is an effect.
  const isEffect = ({ classId }: KnownType) => (classId & 0xf) === 3;
  const listed = (await knownTypes(context.waapi)).filter(isEffect);
  const bare = (text: string) =>
    text
      .toLowerCase()
      .replace(/^(wwise|ak) /, '')
      .replaceAll(' ', '');
  const called = (plugins: readonly KnownType[]) =>
    plugins.find((plugin) => bare(plugin.name) === bare(name));
  const found = called(listed);
  if (found !== undefined) return found;
  const plugins = (await unlistedPlugins(context.waapi)).filter(isEffect);
  const unlisted = called(plugins);
  if (unlisted !== undefined) return unlisted;
  const names = [...new Set([...listed, ...plugins].map((plugin) => plugin.name))];
  const candidates = nearest(name, names, 5);
  throw new WwiseFlowError(
    'OBJECT_NOT_FOUND',
    `No effect plug-in is called "${name}".${didYouMean(name, names)}`,
    {
      hint: 'Use one of details.plugins, or the path of an effect ShareSet.',
      details: { plugin: name, candidates, plugins: names },
    },
  );
}

function quoted(ids: readonly string[]): string {
  return `$ ${ids.map((id) => `"${id}"`).join(', ')}`;
}
