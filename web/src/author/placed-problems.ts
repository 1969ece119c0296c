import type { Problem } from '../api/wire.ts';
import { pathOfPointer } from '../graph/bodies.ts';
import type { FlowDocument } from '../graph/document.ts';

/** A problem with the steps on the way to it, the one it is about last. */
export interface PlacedProblem extends Problem {
  readonly path: readonly string[];
}

export function placedProblems(root: FlowDocument, problems: readonly Problem[]): readonly PlacedProblem[] {
  return problems.map((problem) => {
    const path = pathOfPointer(root, problem.pointer);
    return { ...problem, path: path.length > 0 || problem.node === undefined ? path : [problem.node] };
  });
}

/** Those of a step and of what is inside of it. */
export function problemsOfStep(
  problems: readonly PlacedProblem[],
  inside: readonly string[],
  id: string,
): readonly PlacedProblem[] {
  return problems.filter(
    ({ path }) => path[inside.length] === id && inside.every((outer, level) => path[level] === outer),
  );
}
