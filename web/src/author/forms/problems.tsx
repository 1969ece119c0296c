import { TriangleAlert, Wrench } from 'lucide-react';
import { mend, mendLabel } from '../edit.ts';
import { useFlow } from '../flow-store.ts';
import type { PlacedProblem } from '../placed-problems.ts';

/** One problem in the compiler's words, with what would mend it as a button. */
export function ProblemRow({
  problem,
  withNode = false,
}: {
  readonly problem: PlacedProblem;
  readonly withNode?: boolean;
}) {
  const { message, suggestion, path, expected } = problem;
  const node = path.at(-1);
  return (
    <div className="problem" role="group" aria-label="Problem">
      <TriangleAlert aria-hidden size={16} />
      <div>
        <p>{message}</p>
        {expected !== undefined && <small>Expected: {expected}</small>}
        <div className="actions">
          {suggestion !== undefined && (
            <button type="button" className="small" onClick={() => mend(problem)}>
              <Wrench aria-hidden size={13} /> {mendLabel(suggestion)}
            </button>
          )}
          {withNode && node !== undefined && (
            <button
              type="button"
              className="small quiet"
              onClick={() => useFlow.getState().enter(path.slice(0, -1), [node])}
            >
              Show “{node}”
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
