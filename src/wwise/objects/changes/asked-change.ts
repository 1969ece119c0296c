import { z } from 'zod';
import { objectDesignator, objectName } from '../finding/object-designator.ts';

const memberName = z.string().regex(/^@?[:_a-zA-Z0-9]+$/, 'must be a name such as Volume');

const members = {
  notes: z.string().max(100_000).optional().describe('Notes.'),
  properties: z
    .record(memberName, z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe('By name.'),
  references: z
    .record(memberName, objectDesignator('').nullable())
    .optional()
    .describe('Targets by name; null clears.'),
};

/** What is set on an object: of a change, and of each new object below it. */
export interface Members {
  readonly notes?: string | undefined;
  readonly properties?: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly references?: Readonly<Record<string, string | null>> | undefined;
  readonly children?: readonly Child[] | undefined;
  readonly lists?: Readonly<Record<string, readonly Child[]>> | undefined;
}

/** A new object below a changed one. Written out because it holds itself. */
export interface Child extends Members {
  readonly type: string;
  readonly name: string;
  readonly classId?: number | undefined;
}

const child = z.strictObject({
  type: z.string().trim().min(1).describe('WAAPI type name.'),
  name: z.string().trim().max(260).default('').describe('None for list items.'),
  classId: z.int().min(0).optional().describe('Of a plug-in.'),
  ...members,
  get children(): z.ZodOptional<z.ZodArray<z.ZodType<Child>>> {
    return z.array(child).max(1_000).optional().describe('Objects below it.');
  },
  get lists(): z.ZodOptional<z.ZodRecord<typeof memberName, z.ZodArray<z.ZodType<Child>>>> {
    return z
      .record(memberName, z.array(child))
      .optional()
      .describe('By name (RTPC, Effects...), of objects like children.');
  },
});

export const askedChange = z.strictObject({
  objectId: objectDesignator('What to change.'),
  name: objectName('New name.').optional(),
  ...members,
  children: child.shape.children,
  lists: child.shape.lists,
});

/** One present object, and what becomes of it. */
export interface AskedChange extends Members {
  readonly object: string;
  readonly name?: string | undefined;
}

/** Properties and references of a change, by name. */
export function changedMembers(change: AskedChange | undefined): Readonly<Record<string, unknown>> {
  return { ...change?.properties, ...change?.references };
}
