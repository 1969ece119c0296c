import type { RunStatus } from '../api/wire.ts';
import { inTime } from '../ui/words.ts';
import { useRun } from './run-store.ts';
import { stepLooks } from './step-look.tsx';

/** More lines than these are read in the drawing. */
const mostLines = 300;

/** When each step ran, one line each, in the order in which they began. */
export function Timeline({
  status,
  chosen,
  onChoose,
}: {
  readonly status: RunStatus;
  readonly chosen: string | undefined;
  onChoose(node: string): void;
}) {
  const steps = useRun((state) => state.steps);
  const from = status.startedAtMs;
  const to = Math.max(
    from + 1,
    ...status.nodes.map(({ startedAtMs, durationMs }) => (startedAtMs ?? from) + (durationMs ?? 0)),
  );
  const shown = [...status.nodes]
    .sort((a, b) => (a.startedAtMs ?? Number.POSITIVE_INFINITY) - (b.startedAtMs ?? Number.POSITIVE_INFINITY))
    .slice(0, mostLines);
  return (
    <section className="timeline" aria-label="Timeline">
      <ol>
        {shown.map(({ node, startedAtMs, durationMs }) => {
          const state = steps[node]?.state ?? 'waiting';
          const { icon: Icon, word } = stepLooks[state];
          const began = steps[node]?.startedAtMs ?? startedAtMs;
          const took = durationMs ?? steps[node]?.durationMs ?? 0;
          const left = began === null ? 0 : (100 * (began - from)) / (to - from);
          const width = Math.max(1.2, (100 * took) / (to - from));
          return (
            <li key={node}>
              <button
                type="button"
                className={node === chosen ? 'chosen' : ''}
                onClick={() => onChoose(node)}
              >
                <Icon aria-hidden size={14} className={`ink-${state} ${state === 'running' ? 'spin' : ''}`} />
                <span className="timeline-name">{node}</span>
                <span className="hidden">{word}</span>
                <svg
                  className="timeline-bar"
                  viewBox="0 0 100 8"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                >
                  {began !== null && state !== 'skipped' && (
                    <rect
                      className={`fill-${state}`}
                      x={Math.min(98.8, left)}
                      width={Math.min(width, 100 - Math.min(98.8, left))}
                      y="1"
                      height="6"
                      rx="1"
                    />
                  )}
                </svg>
                <span className="timeline-time">{took > 0 ? inTime(took) : ''}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {status.nodes.length > mostLines && (
        <p className="about">
          The first {mostLines} of {status.nodes.length} steps.
        </p>
      )}
    </section>
  );
}
