import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { type Dialogue, itemAt } from './dialogue.ts';
import type { DialogueState } from './dialogue-state.ts';
import type { FieldFinding, Understood } from './finding.ts';
import type { DialoguePrompt } from './prompt.ts';

/** Words in which no rule found anything, for somebody who understands more. JSON. */
export type Unclear = {
  readonly words: string;
  /** When they were said, in milliseconds since 1970. */
  readonly atMs: number;
  /** What was asked, as the person was asked it. */
  readonly question: string;
  /** What the field is for, where the template says it. */
  readonly about: string;
  /** JSON Schema of what is to be found; null stands for what the words do not say. */
  readonly schema: JsonObject;
};

/** The words of an answer, where nothing was found in them that anything follows from; undefined where there is no need to ask. */
export function unclearOf(
  given: Json,
  atMs: number,
  { consent, findings }: Understood,
  dialogue: Dialogue,
  state: DialogueState,
  { text: question, schema }: DialoguePrompt,
): Unclear | undefined {
  const { asked } = state;
  const words = wordsIn(given);
  if (words === undefined || asked === null || consent !== null || Object.values(findings).some(isClear))
    return undefined;
  return {
    words: words.slice(0, LONGEST),
    atMs,
    question,
    about: itemAt(dialogue, asked)?.field.description ?? '',
    schema: withNull(schema),
  };
}

/** What was found, with the person's own words, and as found by a model. */
export function asByModel(understood: Understood, words: string): Understood {
  const findings = Object.entries(understood.findings).map(([path, finding]) => [
    path,
    finding.is === 'value' ? { ...finding, words: words.slice(0, 200), layer: 'model' as const } : finding,
  ]);
  return { ...understood, words: words.slice(0, 200), findings: Object.fromEntries(findings) };
}

/** As a journal has it. */
export function isUnclear(value: Json | undefined): value is Unclear {
  return isJsonObject(value) && typeof value.words === 'string' && typeof value.atMs === 'number';
}

/** No longer words are sent to a model, in characters. */
const LONGEST = 4_000;

/** Words as a terminal or an agent gives them, or as a form has them. */
function wordsIn(given: Json): string | undefined {
  if (typeof given === 'string') return given;
  if (!isJsonObject(given) || Object.keys(given).length !== 1) return undefined;
  return typeof given.value === 'string' ? given.value : undefined;
}

/** Whether the rules understood something, though it may not do: what is out of its range was said all the same. */
function isClear(finding: FieldFinding): boolean {
  return finding.is !== 'wrong' || !unclearWhys.has(finding.problem.why);
}

const unclearWhys: ReadonlySet<string> = new Set(['noMatch', 'noSuchObject', 'wrongKind']);

function withNull(schema: JsonObject): JsonObject {
  const { type, properties } = schema;
  const members = Object.entries(isJsonObject(properties) ? properties : {});
  const all = members.map(
    ([name, member]) => [name, isJsonObject(member) ? orNull(member) : member] as const,
  );
  return { type: type ?? 'object', properties: Object.fromEntries(all), required: all.map(([name]) => name) };
}

function orNull({ type, enum: choices, ...member }: JsonObject): JsonObject {
  return {
    ...member,
    type: [type ?? 'string', 'null'],
    ...(Array.isArray(choices) ? { enum: [...choices, null] } : {}),
  };
}
