import { z } from 'zod';

/** The input field of commands that list objects: how much they report of each. */
export const responseFormat = z
  .enum(['concise', 'detailed'])
  .default('concise')
  .describe('detailed: notes, parent... too.');

/** What to ask for beside id, name, type and path. */
export function returnsFor(format: z.output<typeof responseFormat>): readonly string[] {
  return format === 'detailed' ? ['notes', 'parent', 'workunit', 'category', 'childrenCount', 'shortId'] : [];
}
