import type { StepState } from './step-state.ts';

/** How the same step of all items stands: how many in each state. */
export type Group = Readonly<Partial<Record<StepState, number>>>;

export type Groups = Readonly<Record<string, Group>>;

/** What the same step of all items is called: `each[3].step` as `each[].step`; undefined for a step of no item. */
export function groupOf(id: string): string | undefined {
  return id.includes('[') ? id.replace(/\[\d+\]/g, '[]') : undefined;
}

/** The groups of many steps. */
export function groupsOf(steps: Readonly<Record<string, { readonly state: StepState }>>): Groups {
  const groups: Record<string, Group> = {};
  for (const [id, { state }] of Object.entries(steps)) moveStep(groups, id, undefined, state);
  return groups;
}

/** Counts a step in another state, in groups that are the caller's own. */
export function moveStep(
  groups: Record<string, Group>,
  id: string,
  before: StepState | undefined,
  after: StepState,
): void {
  const name = groupOf(id);
  if (name === undefined || before === after) return;
  const group = { ...groups[name] };
  if (before !== undefined) group[before] = (group[before] ?? 1) - 1;
  group[after] = (group[after] ?? 0) + 1;
  groups[name] = group;
}

export function sizeOf(group: Group): number {
  return Object.values(group).reduce((sum, count) => sum + count, 0);
}

/** What stands for all of them: what is wrong first, then what goes on, then what they have come to. */
const weightiest: readonly StepState[] = [
  'failed',
  'running',
  'suspended',
  'waiting',
  'rolledBack',
  'done',
  'hit',
  'skipped',
];

export function stateOfGroup(group: Group): StepState {
  return weightiest.find((state) => (group[state] ?? 0) > 0) ?? 'waiting';
}

/** `38 of 40`, with what failed. */
export function groupWords(group: Group): string {
  const over = (group.done ?? 0) + (group.hit ?? 0);
  const failed = group.failed ?? 0;
  return `${over} of ${sizeOf(group)}${failed > 0 ? `, ${failed} failed` : ''}`;
}
