import { useFlow } from '../author/flow-store.ts';
import { pathThatIsThere } from '../graph/bodies.ts';

/** More than these are counted. */
const mostChips = 60;

/** Names of steps, each to go to in the drawing; those of a workflow of the library are drawn elsewhere. */
export function StepChips({
  ids,
  path,
}: {
  readonly ids: readonly string[];
  readonly path: readonly string[];
}) {
  const isDrawn = useFlow(({ root }) => pathThatIsThere(root, path).length === path.length);
  return (
    <span className="chips">
      {ids.slice(0, mostChips).map((id) =>
        isDrawn ? (
          <button
            key={id}
            type="button"
            className="chip"
            onClick={() => useFlow.getState().enter(path, [id])}
          >
            {id}
          </button>
        ) : (
          <span key={id} className="tag">
            {id}
          </span>
        ),
      )}
      {ids.length > mostChips && <span className="tag">and {ids.length - mostChips} more</span>}
    </span>
  );
}
