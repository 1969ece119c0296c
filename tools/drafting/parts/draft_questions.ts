import { WwiseFlowError } from '../../../src/core/errors.ts';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { didYouMean, nearest } from '../../../src/core/text/nearest.ts';
import { choiceValue } from '../../../src/wwise/objects/types/choice-values.ts';
import {
  hasProperty,
  propertyNames,
  unknownProperty,
} from '../../../src/wwise/objects/types/property-names.ts';
import { knownTypes, type TypeMember, typeNamed } from '../../../src/wwise/objects/types/type-members.ts';
import type { CommandContext } from '../../../src/wwise/wwise-command.ts';
import { type Form, ownerType } from './draft_form.ts';

/** What a person is asked, as fields of a dialogue. */
export type DraftQuestions = readonly JsonObject[];

/** What can be asked for besides properties. */
const besidesProperties = ['parentPath', 'busPath', 'soundbank'];

/**
 * The questions of a form; what the form gives besides is what an empty answer means. Throws UNKNOWN_PROPERTY with candidates
 * for a property that the type has not, INVALID_INPUT for a value that it does not take.
 */
export async function questionsOf(form: Form, context: CommandContext): Promise<DraftQuestions> {
  const members = await membersOf(form, context);
  return form.ask.map((asked) => {
    const field = objectQuestion(asked) ?? propertyField(asked, members.get(asked.toLowerCase()));
    const preset = Object.hasOwn(form.properties, asked) ? form.properties[asked] : presetOf(form, asked);
    return preset === undefined ? field : { ...field, required: false, default: preset };
  });
}

/** The name that a property has in a dialogue: some begin with a digit or hold a colon, which no field may. */
export function questionName(property: string): string {
  return property.replaceAll(/[^A-Za-z0-9_]/g, '_').replace(/^(?=[0-9])/, '_');
}

function presetOf(form: Form, asked: string): string | undefined {
  if (asked === 'parentPath') return form.parentPath;
  if (asked === 'busPath') return form.busPath;
  return asked === 'soundbank' ? form.soundbank : undefined;
}

function objectQuestion(asked: string): JsonObject | undefined {
  if (asked === 'parentPath')
    return { name: asked, type: 'object', label: 'Where it goes', objectTypes: parents };
  if (asked === 'busPath') return { name: asked, type: 'object', label: 'Bus', objectTypes: ['Bus'] };
  if (asked !== 'soundbank') return undefined;
  return {
    name: asked,
    type: 'text',
    label: 'Name of the SoundBank',
    pattern: '[^\\\\/:*?"<>|]+',
    maxLength: 260,
  };
}

const parents = [
  'WorkUnit',
  'Folder',
  'ActorMixer',
  'PropertyContainer',
  'RandomSequenceContainer',
  'BlendContainer',
  'SwitchContainer',
];

function propertyField(asked: string, member: TypeMember | undefined): JsonObject {
  const { label = '', valueType = '', choices, min, max } = member ?? {};
  const base = { name: questionName(asked), label: label === '' ? asked : label };
  if (choices !== undefined)
    return {
      ...base,
      type: 'choice',
      choices: choices.flatMap(({ value, label: text }): Json[] =>
        value === null ? [] : [{ value, ...(text === '' ? {} : { label: text }) }],
      ),
    };
  if (/^bool/i.test(valueType)) return { ...base, type: 'yesNo' };
  if (/string/i.test(valueType)) return { ...base, type: 'text' };
  const unit = units[asked];
  return {
    ...base,
    type: 'number',
    ...(unit === undefined ? {} : { unit }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

/** Wwise says no unit of a property. */
const units: Readonly<Record<string, string>> = {
  Volume: 'dB',
  OutputBusVolume: 'dB',
  MakeUpGain: 'dB',
  GameAuxSendVolume: 'dB',
  Pitch: 'cents',
  InitialDelay: 's',
};

async function membersOf(form: Form, context: CommandContext): Promise<ReadonlyMap<string, TypeMember>> {
  const asked = form.ask.filter((name) => !besidesProperties.includes(name));
  const wanted = [...new Set([...Object.keys(form.properties), ...asked])];
  const members = new Map<string, TypeMember>();
  if (wanted.length === 0) return members;
  const type = ownerType(form);
  const known = typeNamed(type, await knownTypes(context.waapi));
  if (known === undefined) return members;
  const names = await propertyNames({ classId: known.classId }, context.waapi);
  const owner = { type, classId: known.classId };
  for (const name of wanted) {
    if (!hasProperty(name, names))
      throw asked.includes(name) ? notAsked(name, names) : unknownProperty(name, names, type);
    const member = await context.members.describe(owner, name, context.waapi);
    if (member.kind !== 'property') throw noProperty(name, member.kind, type);
    const value = form.properties[name];
    if (value !== undefined) checkValue(member, await choiceValue(owner, name, value, context));
    members.set(name.toLowerCase(), member);
  }
  return members;
}

function checkValue({ name, valueType, min, max }: TypeMember, value: string | number | boolean): void {
  const isBool = /^bool/i.test(valueType);
  const fits = isBool ? typeof value === 'boolean' : typeof value !== 'boolean';
  const inRange = typeof value !== 'number' || (value >= (min ?? value) && value <= (max ?? value));
  if (fits && inRange) return;
  const range = min === undefined || max === undefined ? '' : ` from ${min} to ${max}`;
  throw new WwiseFlowError('INVALID_INPUT', `properties.${name} cannot be ${JSON.stringify(value)}.`, {
    hint: `Give ${isBool ? 'true or false' : `${valueType}${range}`}.`,
    details: {
      property: name,
      value,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    },
  });
}

function noProperty(name: string, kind: string, type: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `"${name}" is a ${kind} of ${type}, not a property.`, {
    hint: 'For the output bus give busPath or newBus; other references and lists are set by nodes of their own.',
    details: { property: name, kind, type },
  });
}

function notAsked(name: string, names: readonly string[]): WwiseFlowError {
  const candidates = nearest(name, [...besidesProperties, ...names], 5);
  return new WwiseFlowError(
    'INVALID_INPUT',
    `Nobody can be asked for "${name}".${didYouMean(name, [...besidesProperties, ...names])}`,
    {
      hint: `ask takes ${besidesProperties.join(', ')} and names of properties, as describe_type lists them.`,
      details: { ask: name, candidates },
    },
  );
}
