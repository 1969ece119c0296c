import { z } from 'zod';
import { howManyFit } from '../src/core/answers/budget.ts';
import { mostlyEmpty, usual } from '../src/core/answers/lean-data.ts';
import { toWwiseFlowError, WwiseFlowError } from '../src/core/errors.ts';
import { isJsonObject, type Json } from '../src/core/json.ts';
import { type Claim, stillNamed, valuesHeld } from '../src/wwise/claims/claim.ts';
import { holdsValue } from '../src/wwise/claims/same-value.ts';
import { notKept } from '../src/wwise/objects/changes/not-kept.ts';
import { callObjectSet } from '../src/wwise/objects/changes/set-objects.ts';
import { type ReadValues, readValues, valuesIn } from '../src/wwise/objects/changes/set-values.ts';
import { findObject, findObjects } from '../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../src/wwise/objects/rows/object-field.ts';
import {
  type FoundObject,
  type ObjectRef,
  referenceIdOf,
  refOf,
} from '../src/wwise/objects/rows/object-row.ts';
import { choiceValues } from '../src/wwise/objects/types/choice-values.ts';
import { expectType } from '../src/wwise/objects/types/expect-type.ts';
import type { CommandContext } from '../src/wwise/wwise-command.ts';
import { createEvent } from './events/create_event.ts';
import { setProperty } from './objects/set_property.ts';
import { setOutputBus } from './routing/set_output_bus.ts';
import { setInclusions } from './soundbanks/set_inclusions.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** What imports do with the Sounds they make, as inputs. */
export const extraFields = {
  properties: z
    .record(z.string().regex(/^[:_a-zA-Z0-9]+$/, 'must be a name such as Volume'), scalar)
    .optional()
    .describe('Of each Sound: {"Volume": -6}.'),
  busPath: objectField('Bus they play through.').optional(),
  event: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .optional()
    .describe('Event for each: Play_{name}, or \\Events\\Unit\\Play_{name}.'),
  soundbank: objectField('Bank that gets the Events, or else the Sounds.').optional(),
};

/** The same in what they give. */
export const extraOutput = {
  events: z.array(leanRef).default([]).register(usual, mostlyEmpty),
  soundbank: leanRef.nullable().default(null),
  values: readValues.default({}).describe('What was set of each Sound, as Wwise has it.'),
};

export interface Extras {
  readonly properties?: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly busPath?: string | undefined;
  readonly event?: string | undefined;
  readonly soundbank?: string | undefined;
}

export interface ExtrasDone {
  readonly events: ObjectRef[];
  readonly soundbank: ObjectRef | null;
  readonly values: ReadValues;
}

const nothingMore: ExtrasDone = { events: [], soundbank: null, values: {} };

/** Whether an input, raw or parsed, asks for more than the import. */
export function hasExtras(input: object): boolean {
  return Object.entries(input).some(([name, value]) => name in extraFields && value !== undefined);
}

/**
 * Imports, and does with the Sounds what is asked for, all in one undo step. What the extras name is looked up before anything is
 * imported. Rejects like the commands that set a property, a bus, an Event and inclusions; nothing but files is left then.
 */
export async function withExtras<T>(
  extras: Extras,
  importing: () => Promise<T>,
  soundsOf: (imported: T) => readonly ObjectRef[],
  context: CommandContext,
): Promise<readonly [T, ExtrasDone]> {
  if (!hasExtras(extras)) return [await importing(), nothingMore];
  const found = await lookUp(extras, context);
  return context.oneStep('Import audio', async () => {
    const imported = await importing();
    try {
      return [imported, await applyTo(soundsOf(imported), extras, found, context)];
    } catch (thrown) {
      throw takenBack(toWwiseFlowError(thrown));
    }
  });
}

/** As far as an answer has room for them. */
export function shownExtras({ events, ...rest }: ExtrasDone): ExtrasDone {
  return { events: events.slice(0, howManyFit(events)), ...rest };
}

/** The extras of Sounds that were imported: after a crash, what was cut off. Done again it changes nothing. */
export async function completeExtras(
  sounds: readonly ObjectRef[],
  extras: Extras,
  context: CommandContext,
): Promise<ExtrasDone> {
  return hasExtras(extras) ? applyTo(sounds, extras, await lookUp(extras, context), context) : nothingMore;
}

/** What can be checked later of the extras of one Sound. */
export function extrasHeld(
  soundId: string,
  extras: Extras,
  { events, soundbank }: Pick<ExtrasDone, 'events' | 'soundbank'>,
): readonly Claim[] {
  const included = events.length > 0 ? events.map(({ id }) => id) : [soundId];
  const inclusions = included.map((id) => ({ object: id, filter: everything }));
  return [
    ...valuesHeld(soundId, extras.properties),
    ...(extras.busPath === undefined
      ? []
      : valuesHeld(soundId, { OutputBus: extras.busPath, OverrideOutput: true })),
    ...events.map(({ id, name }): Claim => ({ kind: 'exists', id, type: 'Event', name })),
    ...(soundbank === null || extras.soundbank === undefined
      ? []
      : [
          {
            kind: 'call',
            uri: 'ak.wwise.core.soundbank.getInclusions',
            args: { soundbank: soundbank.id },
            member: 'inclusions',
            how: 'has',
            answer: inclusions,
          } satisfies Claim,
          ...stillNamed(extras.soundbank, soundbank.id),
        ]),
  ];
}

const everything = ['events', 'structures', 'media'];

interface FoundExtras {
  readonly bus: FoundObject | undefined;
  readonly bank: FoundObject | undefined;
}

async function lookUp({ busPath, soundbank, event }: Extras, context: CommandContext): Promise<FoundExtras> {
  const bus =
    busPath === undefined ? undefined : expectType(await findObject(busPath, context), 'busPath', 'Bus');
  const bank =
    soundbank === undefined
      ? undefined
      : expectType(await findObject(soundbank, context), 'soundbank', 'SoundBank');
  if (event !== undefined) await findObject(eventHome(event).parentPath, context);
  return { bus, bank };
}

async function applyTo(
  sounds: readonly ObjectRef[],
  { properties = {}, event }: Extras,
  { bus, bank }: FoundExtras,
  context: CommandContext,
): Promise<ExtrasDone> {
  if (sounds.length === 0) return nothingMore;
  const values = await setAll(sounds, properties, bus, context);
  const events: ObjectRef[] = [];
  for (const sound of event === undefined ? [] : sounds)
    events.push(await eventFor(sound, event ?? '', context));
  if (bank === undefined) return { events, soundbank: null, values };
  const inclusions = (events.length > 0 ? events : sounds).map(({ id }) => ({
    object: id,
    filter: everything,
  }));
  const input = setInclusions.input.parse({ objectId: bank.id, inclusions });
  const { refused } = await setInclusions.run(input, context);
  if (refused[0] !== undefined)
    throw notKept(`"${bank.path}" includes not all of it: ${refused[0].error}`, {
      soundbank: { ...refOf(bank.row) },
    });
  return { events, soundbank: refOf(bank.row), values };
}

/** In one call where Wwise has one for it. Gives what the first has then: all have the same, or it throws. */
async function setAll(
  sounds: readonly ObjectRef[],
  properties: Readonly<Record<string, string | number | boolean>>,
  bus: FoundObject | undefined,
  context: CommandContext,
): Promise<ReadValues> {
  const [first] = sounds;
  if (first === undefined || (Object.keys(properties).length === 0 && bus === undefined)) return {};
  if ((await context.project()).year < 2022) return setOneByOne(sounds, properties, bus, context);
  const numbers = await choiceValues({ type: first.type, object: first.id }, properties, context);
  const wanted: readonly (readonly [string, Json])[] = [
    ...Object.entries(numbers),
    ...(bus === undefined
      ? []
      : ([
          ['OverrideOutput', true],
          ['OutputBus', bus.id],
        ] as const)),
  ];
  const members = Object.fromEntries(wanted.map(([name, value]) => [`@${name}`, value]));
  await callObjectSet(
    sounds.map(({ id }) => ({ object: id, ...members })),
    context,
    { aim: `set ${wanted.map(([name]) => name).join(', ')} of what was imported`, returns: ['id'] },
  );
  const rows = await findObjects(
    sounds.map(({ id }) => id),
    context,
    { returns: Object.keys(members) },
  );
  for (const { path, row } of rows) {
    const differing = wanted.find(([name, value]) => !isKept(row[`@${name}`], value));
    if (differing !== undefined)
      throw notKept(`${differing[0]} of "${path}" is not ${JSON.stringify(differing[1])}`, {
        object: { ...refOf(row) },
      });
  }
  return valuesIn(rows[0]?.row ?? {}, members);
}

async function setOneByOne(
  sounds: readonly ObjectRef[],
  properties: Readonly<Record<string, string | number | boolean>>,
  bus: FoundObject | undefined,
  context: CommandContext,
): Promise<ReadValues> {
  const values: ReadValues = {};
  for (const { id } of sounds) {
    for (const [property, value] of Object.entries(properties)) {
      const set = await setProperty.run(setProperty.input.parse({ objectId: id, property, value }), context);
      values[property] ??= set.value;
    }
    if (bus === undefined) continue;
    await setOutputBus.run(setOutputBus.input.parse({ objectId: id, busPath: bus.id }), context);
    values.OutputBus = bus.path;
  }
  return values;
}

function isKept(found: Json | undefined, wanted: Json): boolean {
  return holdsValue(isJsonObject(found) ? referenceIdOf(found) : found, wanted);
}

async function eventFor({ id, name }: ObjectRef, event: string, context: CommandContext): Promise<ObjectRef> {
  const { parentPath, pattern } = eventHome(event);
  const input = createEvent.input.parse({
    name: pattern.replaceAll('{name}', () => name),
    parentPath,
    targetPath: id,
    onNameConflict: 'merge',
  });
  const made = await createEvent.run(input, context);
  return { id: made.id, name: made.name, type: made.type, path: made.path };
}

function eventHome(event: string): { readonly parentPath: string; readonly pattern: string } {
  const at = event.lastIndexOf('\\');
  return at <= 0
    ? { parentPath: '\\Events\\Default Work Unit', pattern: event.slice(at + 1) }
    : { parentPath: event.slice(0, at), pattern: event.slice(at + 1) };
}

function takenBack(error: WwiseFlowError): WwiseFlowError {
  return new WwiseFlowError(error.code, `Nothing was imported: ${error.message}`, {
    hint: `${error.hint} Files that Wwise copied into the Originals before stay.`,
    details: error.details,
    cause: error,
  });
}
