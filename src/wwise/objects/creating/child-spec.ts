import { z } from 'zod';
import type { JsonObject } from '../../../core/json.ts';

/** What to do when the parent already has a child of that name. */
export const nameConflict = z.enum(['fail', 'rename', 'replace', 'merge']);

/** The same for what is moved or copied: Wwise merges only what it creates. */
export const transferConflict = z.enum(['fail', 'rename', 'replace']);

/** The input field of every create. */
export const onNameConflict = nameConflict.default('fail').describe('If taken; replace deletes the old.');

/** A create as ak.wwise.core.object.create takes it, without the parent. */
export interface ChildSpec {
  readonly type: string;
  readonly name: string;
  readonly onNameConflict: z.output<typeof nameConflict>;
  /** `notes`, `children` and `@Property` members. */
  readonly members: JsonObject;
}
