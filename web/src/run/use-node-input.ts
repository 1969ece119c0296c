import { useEffect, useState } from 'react';
import { ask } from '../api/ask.ts';
import type { ValueObject } from '../api/wire.ts';

export interface InputOfNode {
  readonly input: ValueObject;
  /** Whether every reference in it has its value. */
  readonly isResolved: boolean;
  /** Why not. */
  readonly why?: string;
}

/** What flows into a step of a run; asked for again when its `state` changes. Null until the answer. */
export function useNodeInput(executionId: string | null, node: string, state: string): InputOfNode | null {
  const [found, setFound] = useState<InputOfNode | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another state there may be more values
  useEffect(() => {
    if (executionId === null) return;
    const control = new AbortController();
    const path = `/executions/${encodeURIComponent(executionId)}/input?node=${encodeURIComponent(node)}`;
    void ask<InputOfNode>('GET', path, undefined, control.signal).then((answer) => {
      if (answer.ok) setFound(answer.data);
    });
    return () => control.abort();
  }, [executionId, node, state]);
  return found;
}
