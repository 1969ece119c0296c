import { groupOf, groupWords, sizeOf, stateOfGroup } from './groups.ts';
import { useRun } from './run-store.ts';
import { StepBadge, stepLooks } from './step-look.tsx';

/** So many are listed, what failed first. */
const mostListed = 100;

/** The same step of all items of a loop: how they stand, and each to look at. */
export function GroupRun({ id, onChoose }: { readonly id: string; onChoose(idInRun: string): void }) {
  const group = useRun(({ groups }) => groups[id]);
  const steps = useRun((state) => state.steps);
  if (group === undefined) return null;
  const likes = Object.entries(steps)
    .filter(([name]) => groupOf(name) === id)
    .sort(([, a], [, b]) => Number(b.state === 'failed') - Number(a.state === 'failed'));
  return (
    <section className="node-run" aria-label={`Step ${id} of all items`}>
      <header>
        <h3>{id}</h3>
        <StepBadge state={stateOfGroup(group)} />
        <span>{groupWords(group)}</span>
      </header>
      <ul className="chips">
        {likes.slice(0, mostListed).map(([name, { state }]) => {
          const { icon: Icon, word } = stepLooks[state];
          return (
            <li key={name}>
              <button
                type="button"
                className="chip"
                aria-label={`${name}, ${word}`}
                onClick={() => onChoose(name)}
              >
                <Icon aria-hidden size={13} className={`ink-${state}`} />
                {(/\[(\d+)\][^[]*$/.exec(name)?.[1] ?? '').replace(/\d+/, (digits) =>
                  String(Number(digits) + 1),
                )}
              </button>
            </li>
          );
        })}
      </ul>
      {sizeOf(group) > mostListed && (
        <p className="about">
          {mostListed} of {sizeOf(group)} items are listed; any can be chosen above the drawing.
        </p>
      )}
    </section>
  );
}
