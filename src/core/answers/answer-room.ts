import { bytesOf, howManyFit, LIST_BYTES } from './budget.ts';

/** The room of one answer, given to its lists one after the other: the list that matters most comes first. */
export interface AnswerRoom {
  /** The first of these entries that still fit, at most `share` of the whole room; one at least. */
  take<T>(list: string, entries: readonly T[], share?: number): T[];
  /** What was left out, list by list, and this advice on how to see it; null when everything fits. */
  notice(advice: string): string | null;
}

/** Room for the lists of an answer to a command that works on many things. */
export function answerRoom(bytes = LIST_BYTES): AnswerRoom {
  let left = bytes;
  const leftOut: string[] = [];
  return {
    take(list, entries, share = 1) {
      const allowed = Math.min(left, bytes * share);
      const count = howManyFit(entries, allowed);
      const taken = entries.slice(0, count);
      left = Math.max(0, left - taken.reduce((sum, entry) => sum + bytesOf(entry) + 1, 0));
      if (count < entries.length) leftOut.push(`${list}: ${count} of ${entries.length}`);
      return taken;
    },
    notice: (advice) => (leftOut.length === 0 ? null : `Listed ${leftOut.join('; ')}. ${advice}`),
  };
}
