/** The room of one answer, given to its lists one after the other: the list that matters most comes first. */
export interface AnswerRoom {
  /** The first of these entries that still fit, at most `share` of the whole room; one at least. */
  take<T>(list: string, entries: readonly T[], share?: number): T[];
  /** What was left out, list by list, and this advice on how to see it; null when everything fits. */
  notice(advice: string): string | null;
}

/** About 6,500 tokens, in characters of JSON with GUIDs in it: lists are not all of an answer. */
const wholeRoom = 17_000;

/** Room for the lists of an answer to a command that works on many things. */
export function answerRoom(characters = wholeRoom): AnswerRoom {
  let left = characters;
  const leftOut: string[] = [];
  return {
    take(list, entries, share = 1) {
      const allowed = Math.min(left, characters * share);
      let used = 0;
      let count = 0;
      for (const entry of entries) {
        const length = JSON.stringify(entry).length + 1;
        if (count > 0 && used + length > allowed) break;
        used += length;
        count += 1;
      }
      left = Math.max(0, left - used);
      if (count < entries.length) leftOut.push(`${list}: ${count} of ${entries.length}`);
      return entries.slice(0, count);
    },
    notice: (advice) => (leftOut.length === 0 ? null : `Listed ${leftOut.join('; ')}. ${advice}`),
  };
}
