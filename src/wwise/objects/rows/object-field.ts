import { z } from 'zod';
import { designators } from '../../../core/wiring.ts';
import { objectDesignator, objectName, tidyDesignator } from '../finding/object-designator.ts';

// The fields of the commands beyond the first ones. They check the same as their longer twins but say less in the JSON
// Schema: with ninety tools in one list, every field must be brief.

const designator = objectDesignator('');
const name = objectName('');

// Made once each: a hundred fields share them, and every step of such a chain is a schema of its own.
const anyObject = z
  .string()
  .trim()
  .refine((text) => designator.safeParse(text).success, 'must name an object, without quotes or line breaks')
  .overwrite(tidyDesignator);
const anyName = z
  .string()
  .trim()
  .refine(
    (text) => name.safeParse(text).success,
    'must have 1 to 260 characters, none of \\ / : * ? " < > | and no control characters',
  );

/** objectDesignator, briefly. */
export function objectField(description: string, ...types: readonly string[]): z.ZodString {
  return anyObject
    .describe(`${description.replace(/\.$/, '')}: GUID, path or Type:Name.`)
    .register(designators, { types });
}

/** objectName, briefly. */
export function nameField(description: string): z.ZodString {
  return anyName.describe(description);
}

/** Whether these could be siblings: Wwise ignores case in names. */
export function allDiffer(names: readonly string[]): boolean {
  return new Set(names.map((one) => one.toLowerCase())).size === names.length;
}
