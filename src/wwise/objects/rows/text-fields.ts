import { z } from 'zod';

/** A platform by name or GUID. */
export const platformField = z
  .string()
  .trim()
  .min(1)
  .max(260)
  .optional()
  .describe('Platform. Default: all linked platforms.');

/** A property by its WAAPI name; a leading @ is dropped. */
export const propertyField = z
  .string()
  .trim()
  .regex(/^@?[:a-zA-Z0-9 _]+$/, 'must be a property name such as Volume')
  .overwrite((name) => name.replace(/^@/, ''));

/** A local file or folder. */
export const localPath = z.string().trim().min(1).max(4_000);
