import { z } from 'zod';
import type { Json } from '../../../core/json.ts';

const ids = z.array(z.string());

const skipReason = z.discriminatedUnion('reason', [
  /** The run ended before its turn came. */
  z.object({ reason: z.literal('run-stopped') }),
  /** This node ended the run before its turn came. */
  z.object({ reason: z.literal('run-ended'), by: z.string() }),
  /** Whoever resumed the run wanted other nodes only. */
  z.object({ reason: z.literal('left-out') }),
  /** Nothing failed of what it is there to catch. */
  z.object({ reason: z.literal('nothing-failed'), catches: ids }),
  /** It is on a branch that was not taken, after these nodes. `reads`: the one whose output it takes. */
  z.object({ reason: z.literal('branch-not-taken'), after: ids, reads: z.string().nullable() }),
  /** Its own `when` does not hold. What comes after it by an edge goes on; who reads its output is skipped. */
  z.object({ reason: z.literal('condition-false') }),
  /** A preview asks nobody outside: it would have, or it works with what one gave that would have. */
  z.object({ reason: z.literal('not-previewed'), after: ids }),
  /** It needs a node that did not succeed. */
  z.object({ reason: z.literal('source-missing'), source: z.string(), ended: z.enum(['failed', 'skipped']) }),
]);

/** Why a node was not executed. Decisions read `reason`; the journal and the status of a run keep it as it is. */
export type SkipReason = z.output<typeof skipReason>;

/** Whether such a node leaves open what its followers do: they may still be reached on another way. */
export function isBranchNotTaken(skip: SkipReason | undefined): boolean {
  return skip?.reason === 'branch-not-taken' || skip?.reason === 'nothing-failed';
}

/** As a journal has it; undefined for journals of earlier versions, which kept a sentence. */
export function asSkipReason(value: Json | undefined): SkipReason | undefined {
  return skipReason.safeParse(value).data;
}
