import { z } from 'zod';
import type { JsonObject } from '../base/json.ts';

/** What to do when the parent already has a child of that name. */
export const nameConflict = z.enum(['fail', 'rename', 'replace', 'merge']);

/** The input field of every create. */
export const onNameConflict = nameConflict
  .default('fail')
  .describe(
    'When the parent has a child of this name: fail (nothing changes), rename (a number is appended), replace (the old one and its children are deleted), merge (the old one is kept and updated).',
  );

/** A create as ak.wwise.core.object.create takes it, without the parent. */
export interface ChildSpec {
  readonly type: string;
  readonly name: string;
  readonly onNameConflict: z.output<typeof nameConflict>;
  /** `notes`, `children` and `@Property` members. */
  readonly members: JsonObject;
}
