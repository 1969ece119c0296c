import { hashJson } from '../../../core/canonical-json.ts';
import { asJsonObject, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';

/** What the journal says of one call of a node. */
export interface CallSoFar {
  /** What came of it; undefined where it has not been answered. */
  readonly answered: { readonly value: Json } | undefined;
  /** It was sent, and nothing says what became of it. */
  readonly isOpen: boolean;
}

/** Calls of a node are distinguished by a key: which one of a list, or the only one. */
export function callSoFar(notes: readonly JsonObject[], key: string): CallSoFar {
  let answered: CallSoFar['answered'];
  let isOpen = false;
  for (const note of notes) {
    if (note.call !== key) continue;
    if (isJsonObject(note.answered)) {
      answered = { value: asJsonObject(note.answered).value ?? null };
      isOpen = false;
    } else isOpen = note.sent === true;
  }
  return { answered, isOpen };
}

/** It is about to be sent. */
export function sentNote(call: string): JsonObject {
  return { call, sent: true };
}

/** It failed for certain: nothing came of it. */
export function failedNote(call: string): JsonObject {
  return { call, sent: false };
}

export function answeredNote(call: string, value: Json): JsonObject {
  return { call, answered: { value } };
}

/** Names a call of a node of a run for good: `call` which one of the node. */
export function requestKey(nodeKey: string, call: string): string {
  return hashJson([nodeKey, call]).slice(0, 32);
}
