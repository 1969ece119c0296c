import { CirclePlay, ExternalLink, RotateCcw, Undo2, X } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { NodeResult, RunStatus } from '../api/wire.ts';
import { notifyRefused } from '../app/notices.tsx';
import { linkTo } from '../app/route.ts';
import { counted, inTime } from '../ui/words.ts';
import { AnswerForms } from './answer-form.tsx';
import { costOfRun, inMoney } from './cost.ts';
import { GroupRun } from './group-run.tsx';
import { NodeRun } from './node-run.tsx';
import { resumeRun, rollBackRun } from './run-actions.ts';
import { isOpen, useRun } from './run-store.ts';
import { RunBadge } from './step-look.tsx';
import { Timeline } from './timeline.tsx';

/** How a run stands, what can be done with it, and what the chosen step gave. */
export function RunPanel({
  chosen,
  workflow,
  onChoose,
  onMend,
  onClose,
}: {
  readonly chosen: string | undefined;
  /** The workflow as it is now, which a resume goes on with; undefined: as it was. */
  readonly workflow: (() => unknown) | undefined;
  onChoose(node: string): void;
  /** Shows the form of a step, where it is at hand. */
  onMend?(node: string): void;
  readonly onClose?: () => void;
}) {
  const status = useRun((state) => state.status);
  const messages = useRun((state) => state.messages);
  const [isBusy, setBusy] = useState(false);
  const results = useMemo(() => resultsOf(status), [status]);
  if (status === null) return <p className="empty">Reading the run…</p>;
  const during = (work: () => Promise<unknown>) => () => {
    setBusy(true);
    void work().finally(() => setBusy(false));
  };
  const { executionId, result } = status;
  const again = (how: Readonly<Record<string, string | boolean>>) =>
    during(async () => {
      const current = workflow?.();
      const answer = await resumeRun(executionId, {
        ...how,
        ...(current === undefined
          ? {}
          : { workflow: JSON.parse(JSON.stringify(current)), acceptChanges: true }),
      });
      if (!answer.ok && answer.details?.executionId === undefined) notifyRefused(answer);
    });
  const canResume = ['failed', 'cancelled', 'interrupted'].includes(status.state);
  const step: ReactNode =
    chosen === undefined ? null : chosen.includes('[]') ? (
      <GroupRun id={chosen} onChoose={onChoose} />
    ) : (
      <NodeRun
        id={chosen}
        result={results.get(chosen)}
        messages={messages.filter(({ node }) => node === chosen).map(({ text }) => text)}
        onMend={onMend === undefined ? undefined : () => onMend(chosen)}
        {...(isOpen(status) || status.state === 'rolledBack' ? {} : { onAgain: again({ from: chosen }) })}
      />
    );
  return (
    <div className="run-panel">
      <header>
        <RunBadge state={status.state} />
        <span>{inTime(status.durationMs)}</span>
        <span>{status.percent} %</span>
        {costOfRun(results.values()).map((cost) => (
          <span key={cost.currency} title="What its steps say that they cost">
            {inMoney(cost)}
          </span>
        ))}
        {onClose !== undefined && (
          <span className="run-id" title={executionId}>
            {executionId}
          </span>
        )}
        <span className="actions">
          {canResume && (
            <button type="button" className="primary small" disabled={isBusy} onClick={again({})}>
              <CirclePlay aria-hidden size={15} /> Resume
            </button>
          )}
          {!isOpen(status) && status.state !== 'rolledBack' && (
            <button
              type="button"
              className="small"
              disabled={isBusy}
              onClick={during(() => rollBackRun(executionId))}
            >
              <Undo2 aria-hidden size={15} /> Roll back
            </button>
          )}
          {onClose === undefined ? null : (
            <>
              <a className="button small" href={linkTo('runs', executionId)}>
                <ExternalLink aria-hidden size={14} /> Open
              </a>
              <button type="button" className="icon" aria-label="Close the run" onClick={onClose}>
                <X aria-hidden size={16} />
              </button>
            </>
          )}
        </span>
      </header>
      {result !== null && !result.ok && (
        <div className="run-error" role="alert">
          <p>
            <b>{result.code}</b> {result.error}
          </p>
          {result.hint !== '' && <p className="about">{result.hint}</p>}
        </div>
      )}
      <p className="counts">
        {Object.entries(status.counts)
          .filter(([, count]) => count > 0)
          .map(([name, count]) => `${count} ${name}`)
          .join(' · ')}
      </p>
      <AnswerForms status={status} />
      <Timeline status={status} chosen={chosen} onChoose={onChoose} />
      {step}
      {messages.length > 0 && (
        <section className="messages">
          <h3>
            <RotateCcw aria-hidden size={14} /> Said: {counted(messages.length, 'message')}
          </h3>
          <ul>
            {messages.slice(-50).map(({ node, text }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same may be said twice
              <li key={`${node}${index}${text}`}>
                <b>{node}</b> {text}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** What each node gave, as the result of the run has it. */
export function resultsOf(status: RunStatus | null): ReadonlyMap<string, NodeResult> {
  const { result = null } = status ?? {};
  const rows: unknown =
    result === null ? undefined : result.ok ? result.data.results : result.details?.results;
  if (!Array.isArray(rows)) return new Map();
  const given: readonly NodeResult[] = rows;
  return new Map(given.map((row) => [row.node, row]));
}
