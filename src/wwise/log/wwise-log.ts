import { z } from 'zod';
import { asJsonArray, asString, isJsonObject, type Json } from '../../core/json.ts';

/** An entry of a Wwise log in an output. */
export const wwiseLog = z.array(
  z.object({
    severity: z.string(),
    message: z.string(),
    time: z.number().optional(),
    platform: z.string().optional(),
  }),
);

export type WwiseLogItems = z.output<typeof wwiseLog>;

/** A log as Wwise answers it; `time` in seconds since 1970. */
export function wwiseLogOf(items: Json | undefined): WwiseLogItems {
  return asJsonArray(items)
    .filter(isJsonObject)
    .map(({ severity, message, time, platform }) => ({
      severity: asString(severity) ?? '',
      message: asString(message) ?? '',
      ...(typeof time === 'number' ? { time } : {}),
      ...(isJsonObject(platform) && typeof platform.name === 'string' ? { platform: platform.name } : {}),
    }));
}

/** True for an Error and a Fatal Error. */
export function isError({ severity }: { readonly severity: string }): boolean {
  return /error/i.test(severity);
}
