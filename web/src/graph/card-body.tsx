import { ChevronRight, Repeat } from 'lucide-react';
import { useHeldState } from '../run/step-in-run.ts';
import { stepLooks } from '../run/step-look.tsx';
import { counted } from '../ui/words.ts';
import type { BodyKind } from './bodies.ts';
import { mostHeldSteps } from './card-size.ts';
import type { HeldStep } from './derive-graph.ts';
import { useOpenBody } from './open-body.ts';

/** The steps inside of a step, each with how it stands, and a button that opens them. */
export function CardBody({
  id,
  body,
  steps,
}: {
  readonly id: string;
  readonly body: BodyKind;
  readonly steps: readonly HeldStep[];
}) {
  const { open } = useOpenBody();
  const shown = steps.slice(0, mostHeldSteps);
  const words = steps.length === 0 ? 'Add steps' : `Open ${counted(steps.length, 'step')}`;
  return (
    <div className="card-body">
      {shown.map((step) => (
        <HeldLine key={step.id} holder={id} body={body} step={step} />
      ))}
      {steps.length > shown.length && <div className="held">and {steps.length - shown.length} more</div>}
      <button
        type="button"
        className="small nodrag card-open"
        aria-label={`${words} ${steps.length === 0 ? 'to' : 'of'} ${id}`}
        tabIndex={-1}
        onClick={(event) => {
          event.stopPropagation();
          open(id);
        }}
      >
        {body === 'loop' && <Repeat aria-hidden size={13} />}
        {words}
        <ChevronRight aria-hidden size={13} />
      </button>
    </div>
  );
}

function HeldLine({
  holder,
  body,
  step,
}: {
  readonly holder: string;
  readonly body: BodyKind;
  readonly step: HeldStep;
}) {
  const held = useHeldState(holder, body, step.id);
  const Icon = held === undefined ? undefined : stepLooks[held.state].icon;
  return (
    <div className={`held effect-${step.effect}`} title={step.title}>
      <span className="held-mark" aria-hidden />
      <span className="held-name">{step.id}</span>
      {held !== undefined && Icon !== undefined && (
        <span className={`held-state ink-${held.state}`}>
          <Icon aria-hidden size={13} className={held.state === 'running' ? 'spin' : undefined} />
          {held.words}
        </span>
      )}
    </div>
  );
}
