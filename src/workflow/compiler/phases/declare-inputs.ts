import type { Draft } from './draft.ts';

/** Inputs that a workflow has by its nodes, where it does not declare them itself. */
export function declareInputs({ nodes, workflow }: Draft): void {
  for (const { shape, input, isOutside } of nodes) {
    if (isOutside || shape?.kind.declares === undefined) continue;
    for (const [name, declared] of shape.kind.declares(input) ?? [])
      if (!workflow.inputs.has(name)) workflow.inputs.set(name, declared);
  }
}
