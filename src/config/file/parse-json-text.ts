import type { Json } from '../../core/json.ts';

/** Where JSON breaks: line and column count from 1. */
export class JsonTextError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, text: string, index: number) {
    super(message);
    const before = text.slice(0, index).split('\n');
    this.line = before.length;
    this.column = (before[before.length - 1] ?? '').length + 1;
  }
}

/**
 * The value of a JSON text. Stricter than JSON.parse: a member that stands twice in an object is an error, because one of
 * the two would be ignored. Nests at most 64 deep.
 * @throws JsonTextError with the line and column of the first mistake.
 */
export function parseJsonText(text: string): Json {
  const reader = new JsonReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

const deepest = 64;
const numberForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const wordForm = /true|false|null/y;
// Control characters end a string in JSON.
const stringForm =
  /"(?:[^"\\\p{Cc}\u2028\u2029]|[\u007f-\u009f\u2028\u2029]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const spaceForm = /[ \t\r\n]*/y;

class JsonReader {
  private readonly text: string;
  private index = 0;

  constructor(text: string) {
    this.text = text;
  }

  value(depth: number): Json {
    this.space();
    if (depth > deepest) throw this.mistake(`nested more than ${deepest} deep`);
    const next = this.text[this.index];
    if (next === '{') return this.object(depth);
    if (next === '[') return this.array(depth);
    if (next === '"') return this.string('a closing quote');
    const word = this.take(numberForm) ?? this.take(wordForm);
    if (word === undefined) throw this.mistake('expected a value');
    const value: Json = JSON.parse(word);
    return value;
  }

  end(): void {
    this.space();
    if (this.index < this.text.length) throw this.mistake('expected the end');
  }

  private object(depth: number): Json {
    const members = new Map<string, Json>();
    this.index++;
    this.space();
    if (this.skip('}')) return {};
    for (;;) {
      this.space();
      const start = this.index;
      if (this.text[start] !== '"') throw this.mistake('expected the name of a member in double quotes');
      const name = this.string('a closing quote');
      if (members.has(name)) throw this.mistake(`"${name}" stands twice in this object`, start);
      this.space();
      if (!this.skip(':')) throw this.mistake('expected ":"');
      members.set(name, this.value(depth + 1));
      this.space();
      if (this.skip('}')) return Object.fromEntries(members);
      if (!this.skip(',')) throw this.mistake('expected "," or "}"');
    }
  }

  private array(depth: number): Json {
    const items: Json[] = [];
    this.index++;
    this.space();
    if (this.skip(']')) return items;
    for (;;) {
      items.push(this.value(depth + 1));
      this.space();
      if (this.skip(']')) return items;
      if (!this.skip(',')) throw this.mistake('expected "," or "]"');
    }
  }

  private string(expected: string): string {
    const quoted = this.take(stringForm);
    if (quoted === undefined) throw this.mistake(`this text lacks ${expected} or holds a wrong escape`);
    return String(JSON.parse(quoted));
  }

  private take(form: RegExp): string | undefined {
    form.lastIndex = this.index;
    const found = form.exec(this.text)?.[0];
    this.index += found?.length ?? 0;
    return found;
  }

  private space(): void {
    this.take(spaceForm);
  }

  private skip(character: string): boolean {
    if (this.text[this.index] !== character) return false;
    this.index++;
    return true;
  }

  private mistake(expected: string, index = this.index): JsonTextError {
    const isEnd = index >= this.text.length;
    return new JsonTextError(isEnd ? `${expected}, but the text ends` : expected, this.text, index);
  }
}
