import { RotateCw, Wrench } from 'lucide-react';
import type { NodeResult, ValueObject } from '../api/wire.ts';
import { nextStepOf } from '../app/next-step.ts';
import { JsonView } from '../ui/json-view.tsx';
import { inTime } from '../ui/words.ts';
import { costOf, inMoney } from './cost.ts';
import { useRun } from './run-store.ts';
import { StepBadge } from './step-look.tsx';
import { StepProgress } from './step-progress.tsx';
import { useNodeInput } from './use-node-input.ts';

/** What went into a step of the run, what came out, what it said, and why it failed. */
export function NodeRun({
  id,
  result,
  messages,
  onAgain,
  onMend,
}: {
  readonly id: string;
  readonly result: NodeResult | undefined;
  readonly messages: readonly string[];
  readonly onAgain?: () => void;
  /** Where its form is at hand. */
  readonly onMend?: (() => void) | undefined;
}) {
  const step = useRun(({ steps }) => steps[id]);
  const executionId = useRun((state) => state.executionId);
  const given = useNodeInput(executionId, id, step?.state ?? '');
  const cost = costOf(result);
  if (step === undefined) return null;
  const error = result?.error ?? step.error;
  const next = nextStepOf({ code: result?.code ?? step.code ?? '' });
  return (
    <section className="node-run" aria-label={`Step ${id} in this run`}>
      <header>
        <h3>{id}</h3>
        <StepBadge state={step.state} />
        {step.durationMs !== null && <span>{inTime(step.durationMs)}</span>}
        {cost !== undefined && <span>{inMoney(cost)}</span>}
        {onAgain !== undefined && (
          <button type="button" className="small" onClick={onAgain}>
            <RotateCw aria-hidden size={14} /> Run from here
          </button>
        )}
      </header>
      {step.why !== null && <p>{step.why}</p>}
      {step.progress !== null && (
        <p className="node-progress">
          <StepProgress text={step.progress} label={`How far ${id} is`} />
        </p>
      )}
      {error !== null && error !== undefined && (
        <div className="run-error">
          <p>
            <b>{result?.code ?? step.code}</b> {error}
          </p>
          {result?.hint !== undefined && <p className="about">{result.hint}</p>}
          <p className="actions">
            {onMend !== undefined && (
              <button type="button" className="small" onClick={onMend}>
                <Wrench aria-hidden size={14} /> Mend the step
              </button>
            )}
            {next !== undefined && (
              <button type="button" className="small" onClick={next.run}>
                {next.label}
              </button>
            )}
          </p>
        </div>
      )}
      {messages.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same may be said twice
        <p key={`${index}${text}`} className="said">
          {text}
        </p>
      ))}
      <Part title={given?.isResolved === false ? 'Input, as it is written' : 'Input'} value={given?.input} />
      {given?.why !== undefined && step.state !== 'waiting' && <p className="about">{given.why}</p>}
      <Part title="Output" value={objectOf(result?.data)} />
      <Part title="Details" value={result?.details} />
    </section>
  );
}

function objectOf(value: unknown): ValueObject | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' && !Array.isArray(value)
    ? { ...value }
    : { value: JSON.parse(JSON.stringify(value)) };
}

function Part({ title, value }: { readonly title: string; readonly value: ValueObject | undefined }) {
  if (value === undefined || Object.keys(value).length === 0) return null;
  return (
    <details open={title !== 'Details'}>
      <summary>{title}</summary>
      <JsonView value={value} />
    </details>
  );
}
