import { randomUUID } from 'node:crypto';

/** A fresh GUID as Wwise writes it: upper case, in braces. */
export function newGuid(): string {
  return `{${randomUUID().toUpperCase()}}`;
}

/** The null GUID: a reference that points at nothing. */
export const nullGuid = '{00000000-0000-0000-0000-000000000000}';
