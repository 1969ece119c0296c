import { z } from 'zod';
import { asJsonArray, asString, isJsonObject, type JsonObject } from '../../../core/json.ts';

/** One line of the log that ak.wwise.core.audio.import gives back. */
export const importLogEntry = z.object({
  severity: z.string().describe('Message, Warning, Error or Fatal Error.'),
  message: z.string().describe('What Wwise says.'),
});

export type ImportLogEntry = z.output<typeof importLogEntry>;

/** The log of an import; empty before 2023.1, which gives none. */
export function importLogOf(answer: JsonObject): ImportLogEntry[] {
  return asJsonArray(answer.log).filter(isJsonObject).map(importLogEntryOf);
}

/** One line of it; what Wwise left out is empty. */
export function importLogEntryOf({ severity, message }: JsonObject): ImportLogEntry {
  return { severity: asString(severity) ?? '', message: asString(message) ?? '' };
}
