import { create } from 'zustand';
import { ask } from '../api/ask.ts';
import type { FunctionName, NodeType } from '../api/wire.ts';

interface Catalogue {
  readonly list: readonly NodeType[];
  /** By type and by alias. */
  readonly byName: ReadonlyMap<string, NodeType>;
  /** What expressions may call. */
  readonly functions: readonly FunctionName[];
  readonly isLoaded: boolean;
}

/** Every type of node there is. */
export const useNodeTypes = create<Catalogue>(() => ({
  ...{ list: [], byName: new Map(), functions: [], isLoaded: false },
}));

let loading: Promise<void> | undefined;

/** Asks for the types once; again after a failure. */
export function loadNodeTypes(): Promise<void> {
  loading ??= readNodeTypes();
  return loading;
}

async function readNodeTypes(): Promise<void> {
  const answer = await ask<Authoring>('GET', '/authoring');
  if (answer.ok) keepNodeTypes(answer.data);
  else loading = undefined;
}

interface Authoring {
  readonly nodeTypes: readonly NodeType[];
  readonly functions: readonly FunctionName[];
}

function keepNodeTypes({ nodeTypes: list, functions }: Authoring): void {
  const byName = new Map(
    list.flatMap(
      (type) =>
        [
          [type.type, type],
          [type.alias, type],
        ] as const,
    ),
  );
  useNodeTypes.setState({ list, byName, functions, isLoaded: true });
}
