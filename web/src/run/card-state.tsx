import { inTime } from '../ui/words.ts';
import { groupWords, stateOfGroup } from './groups.ts';
import { useRun } from './run-store.ts';
import { useNameInRun } from './step-in-run.ts';
import { StepBadge } from './step-look.tsx';
import { StepProgress } from './step-progress.tsx';

/** Below a card: how the step stands in the run that is shown, and how long it took. */
export function CardState({ id }: { readonly id: string }) {
  const name = useNameInRun(id);
  const step = useRun(({ steps }) => steps[name.id]);
  const group = useRun(({ groups }) => (name.isGroup ? groups[name.id] : undefined));
  if (group !== undefined)
    return (
      <div className="card-state">
        <StepBadge state={stateOfGroup(group)} />
        <span className="card-time">{groupWords(group)}</span>
      </div>
    );
  if (step === undefined) return null;
  return (
    <div className="card-state">
      <StepBadge state={step.state} />
      {step.progress !== null && <StepProgress text={step.progress} label={`How far ${id} is`} />}
      {step.durationMs !== null && <span className="card-time">{inTime(step.durationMs)}</span>}
    </div>
  );
}
