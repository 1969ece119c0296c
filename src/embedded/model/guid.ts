import { randomUUID } from 'node:crypto';

const pattern = /^\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}$/i;

/** True for a GUID in braces, either case. */
export function isGuid(text: string): boolean {
  return pattern.test(text);
}

/** A fresh GUID as Wwise writes it: upper case, in braces. */
export function newGuid(): string {
  return `{${randomUUID().toUpperCase()}}`;
}

/** The null GUID: a reference that points at nothing. */
export const nullGuid = '{00000000-0000-0000-0000-000000000000}';
