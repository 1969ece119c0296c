import { randomUUID } from 'node:crypto';

/** A fresh GUID as Wwise writes it: upper case, in braces. */
export function newGuid(): string {
  return `{${randomUUID().toUpperCase()}}`;
}
