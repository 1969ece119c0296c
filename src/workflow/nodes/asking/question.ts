import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';

/** What a node asks, and whom. */
export type Asked = {
  readonly prompt: string;
  /** JSON Schema of the answer: one that does not fit is refused. Left out: any text is an answer. */
  readonly schema?: JsonObject;
  /** Any text is an answer as well, and the node makes of any answer what it can: nothing is refused. */
  readonly takesWords?: boolean;
  /** What can be chosen, as it is shown. */
  readonly choices?: readonly { readonly value: Json; readonly label: string }[];
  /** Who is to answer: a role, as "audio lead". Left out: whoever began the run. */
  readonly role?: string;
  /** Until when an answer can come, in milliseconds since 1970. Left out: for as long as the run is kept. */
  readonly answerByMs?: number;
};

/** A question of a run: JSON, kept with the run. */
export type Question = Asked & {
  /** Unique in its run: the node and the how manieth question of it, "ask#2". A repeated question keeps its id. */
  readonly id: string;
  /** Since when it is open, in milliseconds since 1970. */
  readonly sinceMs: number;
};

/** How a node asks to be suspended until it is answered. */
export type WantedAnswer = {
  readonly for: 'answer';
  readonly asks: Asked;
  /** What the kind needs to go on with the answer. It is kept, and shown to nobody. */
  readonly state?: JsonObject;
  /** When the node runs again without an answer, as to repeat the question. In milliseconds since 1970. */
  readonly remindAtMs?: number;
};

/** What a node waits for that has asked. */
export type AwaitedAnswer = Omit<WantedAnswer, 'asks'> & { readonly question: Question };

/** What a node waits for that lets time pass. */
export type AwaitedTime = {
  readonly for: 'time';
  /** Milliseconds since 1970. */
  readonly untilMs: number;
};

/** What a suspended node waits for. */
export type Awaited = AwaitedTime | AwaitedAnswer;

/** When a node that waits runs again without an answer; null: never. In milliseconds since 1970. */
export function wakeAtMsOf(awaited: Awaited): number | null {
  if (awaited.for === 'time') return awaited.untilMs;
  const moments = [awaited.remindAtMs, awaited.question.answerByMs].filter((atMs) => atMs !== undefined);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** The id of the question of a node with this number, counted from 1. */
export function questionId(node: string, number: number): string {
  return `${node}#${number}`;
}

/** How manieth question of its node it is. */
export function questionNumber(id: string): number {
  const number = Number(id.slice(id.lastIndexOf('#') + 1));
  return Number.isInteger(number) ? number : 0;
}

/** What a node waits for, as somebody is shown it. */
export type ShownAwaited = JsonObject & { readonly for: Awaited['for'] };

export function shownAwaited(awaited: Awaited): ShownAwaited {
  if (awaited.for === 'time') return { for: 'time', untilMs: awaited.untilMs };
  const { id, prompt, schema, choices, role, sinceMs, answerByMs } = awaited.question;
  return {
    for: 'answer',
    question: id,
    prompt,
    ...(choices === undefined ? {} : { choices: choices.map(({ label }) => label) }),
    ...(schema === undefined ? {} : { schema }),
    role: role ?? null,
    sinceMs,
    untilMs: answerByMs ?? null,
  };
}

/** As a journal has it; undefined for what is none. */
export function asAwaited(value: Json | undefined): Awaited | undefined {
  if (!isJsonObject(value)) return undefined;
  const { for: what, untilMs, question, state, remindAtMs } = value;
  if (what === 'time') return typeof untilMs === 'number' ? { for: 'time', untilMs } : undefined;
  if (what !== 'answer' || !isJsonObject(question) || !isQuestion(question)) return undefined;
  return {
    for: 'answer',
    question,
    ...(isJsonObject(state) ? { state } : {}),
    ...(typeof remindAtMs === 'number' ? { remindAtMs } : {}),
  };
}

/** The journal holds what the runner wrote; what is read of it first is looked at. */
function isQuestion(value: JsonObject): value is JsonObject & Question {
  return (
    typeof value.id === 'string' && typeof value.prompt === 'string' && typeof value.sinceMs === 'number'
  );
}
