import type { Json, JsonObject } from '../../core/json.ts';

/** About 8,000 tokens of JSON with GUIDs in it, in characters. */
const mostCharacters = 20_000;

export interface FittedAnswer {
  readonly answer: JsonObject;
  /** What was left out and how to narrow; null when everything fits. */
  readonly truncated: string | null;
}

/** The answer as it is when it is short enough; otherwise its longest lists and texts are cut, and a notice says so. */
export function fitAnswer(answer: JsonObject, more = 'Narrow the call to see the rest.'): FittedAnswer {
  const length = JSON.stringify(answer).length;
  if (length <= mostCharacters) return { answer, truncated: null };
  const notes: string[] = [];
  let share = mostCharacters;
  let cut = answer;
  // Each round allows every member less, until the whole fits.
  for (let round = 0; round < 8 && JSON.stringify(cut).length > mostCharacters; round += 1) {
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
  const text = JSON.stringify(value);
  if (text.length <= allowed) return value;
  if (Array.isArray(value)) {
    const kept: Json[] = [];
    let used = 2;
    for (const item of value) {
      used += JSON.stringify(item).length + 1;
      if (used > allowed) break;
      kept.push(item);
    }
    notes.push(`${name}: the first ${kept.length} of ${value.length} entries`);
    return kept;
  }
  const plain = typeof value === 'string' ? value : text;
  notes.push(`${name}: the first ${allowed} of ${plain.length} characters`);
  return plain.slice(0, allowed);
}
