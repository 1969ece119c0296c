import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/** The fewest characters a secret may have: a shorter one would be found where it is not meant. */
export const SHORTEST_SECRET = 8;

/** Remembers for the life of the process that this text is a secret: from then on it is found wherever it goes. */
export function noteSecret(name: string, value: string): void {
  const quoted = JSON.stringify(value).slice(1, -1);
  const inForm = new URLSearchParams([['', value]]).toString().slice(1);
  const inAddresses = [encodeURIComponent(value), encodeURI(value), inForm];
  const spellings = [value, quoted, ...inAddresses, ...inBase64(value)];
  const isNew = spellings.some((spelling) => !known.has(spelling));
  if (!isNew) return;
  for (const spelling of spellings) known.set(spelling, `(secret ${name})`);
  // One that holds another goes first.
  longestFirst = [...known].sort(([one], [other]) => other.length - one.length);
}

/** What base64 has in common wherever the secret stands in a longer text: a letter of it holds parts of two bytes. */
function inBase64(value: string): string[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const [from, to] = [Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6)];
    return [whole.toString('base64').slice(from, to), whole.toString('base64url').slice(from, to)];
  });
}

/** The text with `(secret NAME)` in place of each known secret, as it is and as JSON, addresses and base64 spell it. */
export function withoutSecrets(text: string): string {
  let clean = text;
  for (const [secret, mark] of longestFirst)
    if (clean.includes(secret)) clean = clean.replaceAll(secret, mark);
  return clean;
}

/** The same value with every text so, names of members too. Copies nothing that is clean. */
export function valueWithoutSecrets<T extends Json | undefined>(value: T): T;
export function valueWithoutSecrets(value: Json | undefined): Json | undefined {
  if (longestFirst.length === 0 || value === undefined) return value;
  return hidden(value);
}

function hidden(value: Json): Json {
  if (typeof value === 'string') return withoutSecrets(value);
  if (typeof value !== 'object' || value === null) return value;
  return isJsonObject(value) ? hiddenMembers(value) : hiddenItems(value);
}

/** Vectors of thousands of numbers come by: what is clean is only looked at. */
function hiddenItems(value: readonly Json[]): Json {
  let changed: Json[] | undefined;
  for (const [at, item] of value.entries()) {
    const kept = hidden(item);
    if (kept !== item) changed ??= value.slice(0, at);
    changed?.push(kept);
  }
  return changed ?? value;
}

function hiddenMembers(value: JsonObject): Json {
  const entries = Object.entries(value);
  let changed: [string, Json | undefined][] | undefined;
  for (const [at, [name, member]] of entries.entries()) {
    const keptName = withoutSecrets(name);
    const kept = member === undefined ? undefined : hidden(member);
    if (keptName !== name || kept !== member) changed ??= entries.slice(0, at);
    changed?.push([keptName, kept]);
  }
  return changed === undefined ? value : Object.fromEntries(changed);
}

/** What stands for each spelling of a secret. */
const known = new Map<string, string>();
let longestFirst: readonly (readonly [spelling: string, mark: string])[] = [];
