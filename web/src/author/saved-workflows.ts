import { create } from 'zustand';
import { ask } from '../api/ask.ts';
import type { ListedWorkflow } from '../api/wire.ts';

interface SavedWorkflows {
  /** Those of the library. */
  readonly workflows: readonly ListedWorkflow[];
  /** Templates and examples. */
  readonly examples: readonly ListedWorkflow[];
}

/** The workflows that can be a step of another one. */
export const useSavedWorkflows = create<SavedWorkflows>(() => ({ workflows: [], examples: [] }));

/** Reads them anew; where that fails those from before stay. */
export async function readSavedWorkflows(): Promise<void> {
  const answer = await ask<SavedWorkflows>('GET', '/workflows?verbose=true&take=100');
  if (answer.ok) useSavedWorkflows.setState(answer.data);
}
