import type { NodeInput, Value } from '../../api/wire.ts';

/** How an input is asked for. */
export type FieldKind = 'text' | 'number' | 'boolean' | 'choice' | 'object' | 'file' | 'json';

export function fieldKind({ name, type, description = '', enum: choices, wire }: NodeInput): FieldKind {
  if (choices !== undefined) return 'choice';
  if (type === 'boolean') return 'boolean';
  if (type === 'integer' || type === 'number') return 'number';
  if (/file|folder|wav/i.test(name) && /path$|^(file|folder)/i.test(name) && type === 'string') return 'file';
  if (type === 'string') return wire !== undefined || /GUID|Type:Name/.test(description) ? 'object' : 'text';
  return /\bstring\b/.test(type) && !/object|array/.test(type) ? 'text' : 'json';
}

/** Text that somebody typed as the value of an input. What is no value of the type stays text, and the compiler says so. */
export function parsedValue(text: string, kind: FieldKind): Value | undefined {
  if (text === '') return undefined;
  if (isReference(text)) return text;
  if (kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : text;
  if (kind !== 'json') return text;
  try {
    const value: Value = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

export function textOf(value: Value | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, typeof value === 'object' ? 1 : 0);
}

export function isReference(text: string): boolean {
  return text.startsWith('$') || text.includes('{{');
}
