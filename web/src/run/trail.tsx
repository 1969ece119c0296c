import { ChevronRight, CornerLeftUp } from 'lucide-react';
import { useInside } from '../graph/inside.ts';
import { sizeOf } from './groups.ts';
import { useRun } from './run-store.ts';

/** More items than these are chosen by number. */
const mostListed = 200;

/** Which part of the workflow is drawn, the way out of it, and which item of a loop is looked at. */
export function Trail({
  name,
  firstStep,
  onGo,
}: {
  readonly name: string;
  /** A step that is drawn: of it the run knows how many there are. */
  readonly firstStep: string | undefined;
  onGo(path: readonly string[]): void;
}) {
  const { path, isLoop, items, choose } = useInside();
  const group = `${path.map((id, level) => (isLoop[level] === true ? `${id}[]` : id)).join('.')}.${firstStep}`;
  const count = useRun(({ groups }) => {
    const known = groups[group];
    return known === undefined ? 0 : sizeOf(known);
  });
  if (path.length === 0) return null;
  const item = items.at(-1) ?? null;
  return (
    <nav className="trail" aria-label="Where the drawing is">
      <button type="button" className="small" onClick={() => onGo(path.slice(0, -1))}>
        <CornerLeftUp aria-hidden size={14} /> Back
      </button>
      <ol>
        <li>
          <button type="button" className="link" onClick={() => onGo([])}>
            {name}
          </button>
        </li>
        {path.map((id, level) => (
          <li key={path.slice(0, level + 1).join('/')}>
            <ChevronRight aria-hidden size={13} />
            {level === path.length - 1 ? (
              <strong aria-current="location">{id}</strong>
            ) : (
              <button type="button" className="link" onClick={() => onGo(path.slice(0, level + 1))}>
                {id}
              </button>
            )}
          </li>
        ))}
      </ol>
      {isLoop.at(-1) === true && count > 0 && (
        <div className="trail-item">
          <span aria-hidden>Item</span>
          {count <= mostListed ? (
            <select
              aria-label="Item of the loop"
              value={item ?? ''}
              onChange={({ target }) => choose(target.value === '' ? null : Number(target.value))}
            >
              <option value="">All {count}</option>
              {Array.from({ length: count }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: an item is what its number is
                <option key={index} value={index}>
                  {index + 1}
                </option>
              ))}
            </select>
          ) : (
            <input
              aria-label="Item of the loop"
              type="number"
              min={1}
              max={count}
              placeholder={`all ${count}`}
              value={item === null ? '' : item + 1}
              onChange={({ target }) => choose(target.value === '' ? null : Number(target.value) - 1)}
            />
          )}
        </div>
      )}
    </nav>
  );
}
