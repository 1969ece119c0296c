import { WwiseFlowError } from '../../../core/errors.ts';
import type { Json } from '../../../core/json.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import type { CommandContext } from '../../wwise-command.ts';
import type { MemberOwner } from './known-members.ts';
import type { TypeMember } from './type-members.ts';

type Scalar = string | number | boolean;
type Access = Pick<CommandContext, 'waapi' | 'members'>;

/**
 * A value as Wwise takes it: the label of a choice (`Sequence`) becomes its number. Asks Wwise only about texts, once per
 * link, type and property. Throws INVALID_INPUT with the choices for a text that is none of them.
 */
export async function choiceValue(
  owner: MemberOwner,
  property: string,
  value: Scalar,
  access: Access,
): Promise<Scalar> {
  if (typeof value !== 'string') return value;
  const member = await access.members.describe(owner, property, access.waapi);
  if (member.valueType.toLowerCase() === 'string') return value;
  if (member.choices === undefined) {
    const plain = plainValue(value, member.valueType);
    if (plain !== undefined) access.members.noteChoice(property, value, plain);
    return plain ?? value;
  }
  const meant = member.choices.filter((choice) => says(choice, value));
  const [first, ...others] = meant;
  if (typeof first?.value === 'number' && others.length === 0) {
    access.members.noteChoice(property, value, first.value);
    return first.value;
  }
  throw noChoice(owner, member, value);
}

/** The number or switch that a text stands for, where the property takes one: some clients send texts only. */
function plainValue(text: string, valueType: string): number | undefined {
  if (/^bool/i.test(valueType)) return undefined;
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

/** The same for all properties of an object that is changed or made. */
export async function choiceValues(
  owner: MemberOwner,
  properties: Readonly<Record<string, Scalar>>,
  access: Access,
): Promise<Readonly<Record<string, Scalar>>> {
  const entries: [string, Scalar][] = [];
  for (const [name, value] of Object.entries(properties))
    entries.push([name, await choiceValue(owner, name.replace(/^@+/, ''), value, access)]);
  return Object.fromEntries(entries);
}

/**
 * What is wrong with the first of these values that is none of the choices of its property, for a call that Wwise refused;
 * undefined when choices are not the reason.
 */
export async function explainChoice(
  owner: MemberOwner,
  properties: Readonly<Record<string, Scalar>>,
  access: Access,
): Promise<WwiseFlowError | undefined> {
  for (const [name, value] of Object.entries(properties)) {
    const member = await access.members.describe(owner, name.replace(/^@+/, ''), access.waapi);
    if (member.choices?.every((choice) => choice.value !== value)) return noChoice(owner, member, value);
  }
  return undefined;
}

interface Choice {
  readonly value: Json;
  readonly label: string;
}

/** Labels of menus are paths (`/Stop/Stop All`): their last part says it too. */
function says({ value, label }: Choice, text: string): boolean {
  const wanted = plain(text);
  return (
    wanted !== '' &&
    [String(value), label, label.split('/').at(-1) ?? ''].some((one) => plain(one) === wanted)
  );
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}.+-]/gu, '');
}

/** Up to so many choices are all named; of more only the nearest. */
const mostListed = 30;

function noChoice({ type }: MemberOwner, { name, choices = [] }: TypeMember, value: Scalar): WwiseFlowError {
  const labels = choices.map(({ label }) => label);
  const near = nearest(String(value), labels, 5);
  const shown = choices.length <= mostListed ? choices : choices.filter(({ label }) => near.includes(label));
  const all = shown.map((choice) => `${String(choice.value)} (${choice.label})`).join(', ');
  const which = shown.length === choices.length ? 'one of' : `one of ${choices.length} choices, among them`;
  const list = shown.length === 0 ? ` one of ${choices.length} choices` : ` ${which} ${all}`;
  return new WwiseFlowError(
    'INVALID_INPUT',
    `${name} of ${type} takes${list}; not ${JSON.stringify(value)}.${didYouMean(String(value), labels)}`,
    {
      hint: 'Give a choice by its number or its label, as details.choices has them.',
      details: {
        property: name,
        type,
        value,
        choices: shown.map((choice) => ({ value: choice.value, label: choice.label })),
        choicesTotal: choices.length,
      },
    },
  );
}
