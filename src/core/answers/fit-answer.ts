import type { Json, JsonObject } from '../json.ts';
import { ANSWER_BYTES, bytesOf, fitsIn } from './budget.ts';

export interface FittedAnswer {
  readonly answer: JsonObject;
  /** What was left out and how to narrow; null when everything fits. */
  readonly truncated: string | null;
}

/** The answer as it is when it is short enough; otherwise its longest lists and texts are cut, and a notice says so. */
export function fitAnswer(answer: JsonObject, more = 'Narrow the call to see the rest.'): FittedAnswer {
  if (fitsIn(answer, ANSWER_BYTES)) return { answer, truncated: null };
  const notes: string[] = [];
  let share = ANSWER_BYTES;
  let cut = answer;
  // Every attempt allows each member less, until the whole fits.
  for (let attempt = 0; attempt < 8 && !fitsIn(cut, ANSWER_BYTES); attempt += 1) {
    notes.length = 0;
    const allowed = share;
    cut = Object.fromEntries(
      Object.entries(answer).map(([name, value]) => [name, shortened(name, value ?? null, allowed, notes)]),
    );
    share = Math.floor(share / 2);
  }
  return { answer: cut, truncated: `${notes.join('; ')}. ${more}` };
}

function shortened(name: string, value: Json, allowed: number, notes: string[]): Json {
  if (fitsIn(value, allowed)) return value;
  if (Array.isArray(value)) {
    const kept: Json[] = [];
    let used = 2;
    for (const item of value) {
      used += bytesOf(item) + 1;
      if (used > allowed) break;
      kept.push(item);
    }
    notes.push(`${name}: the first ${kept.length} of ${value.length} entries`);
    return kept;
  }
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  notes.push(`${name}: the first ${allowed} of ${plain.length} characters`);
  return plain.slice(0, allowed);
}
