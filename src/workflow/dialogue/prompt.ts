import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { answerSchema } from './answer-schema.ts';
import { fieldChoices } from './choices.ts';
import { type Dialogue, itemAt, SUMMARY } from './dialogue.ts';
import { type DialogueState, type DialogueStep, fieldState, valuesOf } from './dialogue-state.ts';
import type { Candidate, FieldFinding } from './finding.ts';
import type { DialogueField } from './template.ts';
import { english } from './words/english.ts';
import { italian } from './words/italian.ts';
import { filledIn, problemOf, promptOf } from './words/sentences.ts';
import type { DialogueWords } from './words/words.ts';

/** A question to a person: JSON. */
export type DialoguePrompt = {
  /** Path of the field or group; "$summary" for all values at once. */
  readonly field: string;
  readonly step: DialogueStep;
  readonly text: string;
  /** Which answer of how many before it escalates; from 1. */
  readonly attempt: number;
  readonly attempts: number;
  /** What can be chosen. */
  readonly choices?: readonly Candidate[];
  /** JSON Schema of an answer as data. */
  readonly schema: JsonObject;
};

/** What was understood of an answer that did not do. */
export type Remark = Exclude<FieldFinding, { is: 'value' }>;

export interface PromptFor {
  readonly step: DialogueStep;
  readonly tries: number;
  readonly remark?: Remark | undefined;
}

/** The question after what happened: the template's own words where it has some, else words of its language. */
export function promptFor(
  dialogue: Dialogue,
  state: DialogueState,
  path: string,
  { step, tries, remark }: PromptFor,
): DialoguePrompt {
  const { template } = dialogue;
  const words = wordsOf(dialogue);
  const item = itemAt(dialogue, path);
  const { value, candidates } = fieldState(state, path);
  const choices = candidates ?? fieldChoices(item?.field);
  const parts: Readonly<Record<string, string>> = {
    ...partsOf(dialogue, item?.field, value),
    choices: choices.map(({ label }) => label).join(', '),
    words: remark?.words ?? fieldState(state, path).words ?? '',
    problem: remark === undefined ? '' : problemOf(words, remark, item?.field),
    summary: summaryOf(dialogue, state),
    role: state.handedTo ?? '',
  };
  const own = (item?.field.prompts ?? (path === SUMMARY ? template.prompts : undefined))?.[step];
  const text = own === undefined ? promptOf(words, step, parts, item?.field) : inTurn(own, tries);
  return {
    field: path,
    step,
    text: filledIn(text, parts),
    attempt: tries + 1,
    attempts: item?.tries ?? template.tries,
    ...(choices.length === 0 ? {} : { choices }),
    schema: answerSchema(dialogue, path, step, choices),
  };
}

/** What is said of a field without asking. */
export function remarkText(dialogue: Dialogue, path: string, step: DialogueStep, value?: Json): string {
  const field = itemAt(dialogue, path)?.field;
  const parts = partsOf(dialogue, field, value);
  const own = field?.prompts?.[step];
  return filledIn(
    own === undefined ? promptOf(wordsOf(dialogue), step, parts, field) : inTurn(own, 0),
    parts,
  );
}

/** Why objects in an answer are not known, as the project or the way to it says. */
export function unaskedText(dialogue: Dialogue, why: string): string {
  return filledIn(wordsOf(dialogue).unasked, { why });
}

/** Why no model said what the words of an answer mean. */
export function noModelText(dialogue: Dialogue, why: string): string {
  return filledIn(wordsOf(dialogue).noModel, { why });
}

function wordsOf({ template }: Dialogue): DialogueWords {
  return template.language === 'it' ? italian : english;
}

/** One prompt after the other, the last again and again. */
function inTurn(texts: string | readonly string[], tries: number): string {
  if (typeof texts === 'string') return texts;
  // The first of a list is for the first answer of no use, and for what needs none.
  return texts[Math.min(Math.max(tries - 1, 0), texts.length - 1)] ?? '';
}

function partsOf(
  dialogue: Dialogue,
  field: DialogueField | undefined,
  value: Json | undefined,
): Record<string, string> {
  return {
    label: field?.label ?? field?.name ?? '',
    description: field?.description ?? '',
    value: value === undefined ? '' : shownValue(dialogue, field, value),
    min: field?.min === undefined ? '' : String(field.min),
    max: field?.max === undefined ? '' : String(field.max),
    unit: field?.unit ?? '',
  };
}

function summaryOf(dialogue: Dialogue, state: DialogueState): string {
  const values = valuesOf(dialogue, state);
  return dialogue.leaves
    .flatMap(({ path, field }) => {
      const { step, value } = fieldState(state, path);
      const isThere = step === 'success' && value !== undefined && isIn(values, path.split('.'));
      return isThere ? [`${field.label ?? path}: ${shownValue(dialogue, field, value)}`] : [];
    })
    .join('\n');
}

function isIn(values: Json | undefined, [name, ...inner]: readonly string[]): boolean {
  if (name === undefined) return true;
  return isJsonObject(values) && Object.hasOwn(values, name) && isIn(values[name], inner);
}

/** As a person would write it. */
function shownValue(dialogue: Dialogue, field: DialogueField | undefined, value: Json): string {
  const label = field?.choices?.find((one) => one.value === value)?.label;
  if (label !== undefined) return label;
  if (typeof value === 'boolean') {
    const { yes, no } = wordsOf(dialogue);
    return value ? yes : no;
  }
  if (typeof value === 'number') return field?.unit === undefined ? String(value) : `${value} ${field.unit}`;
  if (typeof value === 'string') return value;
  if (isJsonObject(value)) {
    const { path, name } = value;
    if (typeof path === 'string') return path;
    if (typeof name === 'string') return name;
  }
  return JSON.stringify(value);
}
