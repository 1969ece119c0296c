import { useMemo } from 'react';
import type { BodyKind } from '../graph/bodies.ts';
import { useInside } from '../graph/inside.ts';
import { groupWords, stateOfGroup } from './groups.ts';
import { useRun } from './run-store.ts';
import type { StepState } from './step-state.ts';

/** How a step that is drawn is called in the run: as one step, or as the same step of all items. */
export interface NameInRun {
  readonly id: string;
  readonly isGroup: boolean;
}

/** `kinds`: of the steps around it, how often each executes what is inside. */
export function nameInRun(
  path: readonly string[],
  items: readonly (number | null)[],
  isLoop: readonly boolean[],
  id: string,
): NameInRun {
  let isGroup = false;
  const around = path.map((outer, level) => {
    if (isLoop[level] !== true) return outer;
    const item = items[level] ?? null;
    if (item === null) isGroup = true;
    return item === null ? `${outer}[]` : `${outer}[${item}]`;
  });
  const name = [...around, id].join('.');
  return { id: isGroup ? name.replace(/\[\d+\]/g, '[]') : name, isGroup };
}

/** The name in the run of a step that is drawn now. */
export function useNameInRun(id: string): NameInRun {
  const path = useInside((state) => state.path);
  const items = useInside((state) => state.items);
  const isLoop = useInside((state) => state.isLoop);
  return useMemo(() => nameInRun(path, items, isLoop, id), [path, items, isLoop, id]);
}

/** How a step that is drawn stands in the run that is shown. */
export function useStepState(id: string): StepState | undefined {
  const name = useNameInRun(id);
  return useRun(({ steps, groups }) => {
    if (!name.isGroup) return steps[name.id]?.state;
    const group = groups[name.id];
    return group === undefined ? undefined : stateOfGroup(group);
  });
}

/** How a step inside of a step that is drawn stands: in a loop that of all its items. */
export function useHeldState(
  holder: string,
  body: BodyKind,
  id: string,
): { readonly state: StepState; readonly words: string } | undefined {
  const name = useNameInRun(holder);
  const inner = `${name.id}${body === 'loop' ? '[]' : ''}.${id}`;
  const group = useRun(({ groups }) =>
    body === 'loop' || name.isGroup ? groups[inner.replace(/\[\d+\]/g, '[]')] : undefined,
  );
  const state = useRun(({ steps }) => (body === 'once' ? steps[inner]?.state : undefined));
  if (group !== undefined) return { state: stateOfGroup(group), words: groupWords(group) };
  return state === undefined ? undefined : { state, words: '' };
}
