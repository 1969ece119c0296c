import { create } from 'zustand';

/** How many problems stand on each card that is drawn: kept apart, so that a card is drawn again when its own count changes. */
export const useCardProblems = create<{ readonly counts: Readonly<Record<string, number>> }>(() => ({
  counts: {},
}));

export function useProblemCount(id: string): number {
  return useCardProblems(({ counts }) => counts[id] ?? 0);
}
