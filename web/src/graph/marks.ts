import { create } from 'zustand';

/** What a view writes on cards, as the plan their position in the order. */
export interface Mark {
  readonly text: string;
  readonly title: string;
}

export const useMarks = create<{ readonly marks: Readonly<Record<string, Mark>> }>(() => ({ marks: {} }));
