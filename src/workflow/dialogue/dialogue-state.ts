import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { conditionHolds } from '../nodes/conditions/evaluate-condition.ts';
import type { Dialogue, Group, Leaf } from './dialogue.ts';
import type { Candidate, ExtractionLayer } from './finding.ts';
import type { dialogueSteps } from './template.ts';

export type DialogueStep = (typeof dialogueSteps)[number];

/** Where a dialogue is: JSON, kept between two answers. */
export type DialogueState = {
  readonly version: 1;
  /** By path; a field that nothing happened to yet is not there. */
  readonly fields: Readonly<Record<string, FieldState>>;
  /** What the last prompt asked for: the path of a field or group, or the summary; null before the first. */
  readonly asked: string | null;
  /** Who answers since it was handed over; null: whoever began. */
  readonly handedTo: string | null;
  readonly end: DialogueEnd | null;
};

export type FieldState = {
  readonly step: DialogueStep;
  /** Answers of no use so far. */
  readonly tries: number;
  readonly value?: Json;
  /** The words of the answer the value was found in. */
  readonly words?: string;
  readonly layer?: ExtractionLayer;
  /** Among which the person is to choose. */
  readonly candidates?: readonly Candidate[];
};

/** `failed`: `field` escalated to failure, or whoever was asked declined. */
export type DialogueEnd = {
  readonly how: 'done' | 'failed';
  readonly field: string | null;
  readonly because?: 'tries' | 'declined';
};

export const begun: DialogueState = { version: 1, fields: {}, asked: null, handedTo: null, end: null };

const untouched: FieldState = { step: 'start', tries: 0 };

export function fieldState(state: DialogueState, path: string): FieldState {
  return ownMember(state.fields, path) ?? untouched;
}

/** A field may be called as something every object has. */
export function ownMember<T>(members: Readonly<Record<string, T>>, path: string): T | undefined {
  return Object.hasOwn(members, path) ? members[path] : undefined;
}

export function withField(state: DialogueState, path: string, field: FieldState): DialogueState {
  return { ...state, fields: { ...state.fields, [path]: field } };
}

/** Whether a field is settled: it has its value, or is left out. */
export function isSettled({ step }: FieldState): boolean {
  return step === 'success' || step === 'failed';
}

/** The settled values, those of a group as an object. What its `when` leaves out is not there. */
export function valuesOf(dialogue: Dialogue, state: DialogueState): JsonObject {
  let values: JsonObject = {};
  for (const leaf of dialogue.leaves) {
    const { step, value } = fieldState(state, leaf.path);
    if (step === 'success' && value !== undefined && isAskedFor(leaf, values))
      values = withValue(values, leaf.path.split('.'), value);
  }
  return values;
}

/** Whether the conditions of a field and of the groups around it hold for these values. */
export function isAskedFor({ conditions }: Leaf | Group, values: JsonObject): boolean {
  return conditions.every((condition) => conditionHolds(condition, values));
}

/** Fields without a settled value that are asked for as things are, in order. */
export function openLeaves(dialogue: Dialogue, state: DialogueState): readonly Leaf[] {
  const values = valuesOf(dialogue, state);
  return dialogue.leaves.filter(
    (leaf) => !isSettled(fieldState(state, leaf.path)) && isAskedFor(leaf, values),
  );
}

function withValue(values: JsonObject, [name = '', ...inner]: readonly string[], value: Json): JsonObject {
  if (inner.length === 0) return { ...values, [name]: value };
  const inside = Object.hasOwn(values, name) ? values[name] : undefined;
  return { ...values, [name]: withValue(isJsonObject(inside) ? inside : {}, inner, value) };
}
