import { create } from 'zustand';
import type { Plan, ValueObject } from '../api/wire.ts';
import { useFlow } from '../author/flow-store.ts';

/** The plan of the run that is shown alone; null while a workflow is edited, which has its own. */
export const useShownPlan = create<{ readonly plan: Plan | null }>(() => ({ plan: null }));

/** The input of a step, as the plan has it. */
export function usePlanned(id: string): ValueObject | undefined {
  const shown = useShownPlan((state) => state.plan);
  const edited = useFlow((state) => state.plan);
  return (shown ?? edited)?.nodes.find((node) => node.id === id)?.input;
}
