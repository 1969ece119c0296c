import { CircleAlert, Layers, Link2, Undo2 } from 'lucide-react';
import { useEffect } from 'react';
import type { Plan } from '../api/wire.ts';
import { useFlow } from '../author/flow-store.ts';
import { type Mark, useMarks } from '../graph/marks.ts';
import { counted } from '../ui/words.ts';

/** What the compiler made of a workflow: waves, shared calls, added edges, what a rollback leaves. */
export function PlanView({ plan }: { readonly plan: Plan }) {
  useEffect(() => {
    const marks: Record<string, Mark> = {};
    for (const [wave, ids] of plan.waves.entries())
      for (const id of ids)
        marks[id] = {
          text: `${plan.order.indexOf(id) + 1}`,
          title: `Step ${plan.order.indexOf(id) + 1}, wave ${wave + 1}`,
        };
    useMarks.setState({ marks });
    return () => useMarks.setState({ marks: {} });
  }, [plan]);
  const shared = (plan.units ?? []).filter((unit) => unit.length > 1);
  const never = plan.irreversible ?? [];
  const partly = (plan.rollback ?? []).filter(
    ({ except, never: why }) => except !== undefined || why !== undefined,
  );
  return (
    <div className="plan">
      <p>
        <b>{counted(plan.order.length, 'step')}</b> in <b>{counted(plan.waves.length, 'wave')}</b>,{' '}
        <b>{counted(plan.waapiCalls, 'call')}</b> to Wwise.
      </p>
      <section>
        <h3>
          <Layers aria-hidden size={15} /> Waves
        </h3>
        <ol className="waves">
          {plan.waves.map((ids, index) => (
            <li key={ids.join()}>
              <span className="wave-number">{index + 1}</span>
              <span className="chips">
                {ids.slice(0, 60).map((id) => (
                  <Chip key={id} id={id} />
                ))}
                {ids.length > 60 && <span className="tag">and {ids.length - 60} more</span>}
              </span>
            </li>
          ))}
        </ol>
      </section>
      {shared.length > 0 && (
        <section>
          <h3>Shared calls</h3>
          {shared.map((unit, index) => (
            <p key={unit.join()}>
              <span className="chips">
                {unit.slice(0, 40).map((id) => (
                  <Chip key={id} id={id} />
                ))}
              </span>
              <small>
                {counted(
                  (plan.calls ?? []).filter(
                    (call) => call.unit === (plan.units ?? []).indexOf(shared[index] ?? []),
                  ).length,
                  'call',
                )}{' '}
                for {counted(unit.length, 'step')}
              </small>
            </p>
          ))}
        </section>
      )}
      {plan.addedEdges.length > 0 && (
        <section>
          <h3>
            <Link2 aria-hidden size={15} /> Added order
          </h3>
          <ul>
            {plan.addedEdges.slice(0, 100).map(({ source, target, reason }) => (
              <li key={`${source}>${target}`}>
                {source} → {target} <small>{reason}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>
          <Undo2 aria-hidden size={15} /> Rollback
        </h3>
        {never.length + partly.length === 0 && <p>Everything here can be rolled back.</p>}
        <ul>
          {never.map(({ node, why }) => (
            <li key={node} className="never">
              <CircleAlert aria-hidden size={14} /> <b>{node}</b> {why}
            </li>
          ))}
          {partly.map(({ kind, except, never: why }) => (
            <li key={kind}>
              <b>{kind}</b> {why ?? except}
            </li>
          ))}
        </ul>
      </section>
      {plan.warnings.length > 0 && (
        <section>
          <h3>Warnings</h3>
          <ul>
            {plan.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Chip({ id }: { readonly id: string }) {
  return (
    <button type="button" className="chip" onClick={() => useFlow.getState().enter([], [id])}>
      {id}
    </button>
  );
}
