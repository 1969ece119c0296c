import { create } from 'zustand';
import { ask } from '../api/ask.ts';
import type { NodeType } from '../api/wire.ts';

interface Catalogue {
  readonly list: readonly NodeType[];
  /** By type and by alias. */
  readonly byName: ReadonlyMap<string, NodeType>;
  readonly isLoaded: boolean;
}

/** Every type of node there is. */
export const useNodeTypes = create<Catalogue>(() => ({ list: [], byName: new Map(), isLoaded: false }));

let loading: Promise<void> | undefined;

/** Asks for the types once; again after a failure. */
export function loadNodeTypes(): Promise<void> {
  loading ??= readNodeTypes();
  return loading;
}

async function readNodeTypes(): Promise<void> {
  const answer = await ask<{ readonly nodeTypes: readonly NodeType[] }>('GET', '/authoring');
  if (answer.ok) keepNodeTypes(answer.data.nodeTypes);
  else loading = undefined;
}

export function keepNodeTypes(list: readonly NodeType[]): void {
  const byName = new Map(
    list.flatMap(
      (type) =>
        [
          [type.type, type],
          [type.alias, type],
        ] as const,
    ),
  );
  useNodeTypes.setState({ list, byName, isLoaded: true });
}
