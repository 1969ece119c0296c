import { CircleAlert, Layers, Link2, Undo2 } from 'lucide-react';
import { useEffect } from 'react';
import type { Plan } from '../api/wire.ts';
import { useFlow } from '../author/flow-store.ts';
import { type Mark, useMarks } from '../graph/marks.ts';
import { counted } from '../ui/words.ts';
import { PlanBodies, PlanWaves } from './plan-bodies.tsx';
import { planNodesAt, wavesAt } from './plan-inside.ts';
import { StepChips } from './step-chips.tsx';

/** What the compiler made of a workflow: waves, shared calls, added edges, what a rollback leaves. */
export function PlanView({ plan }: { readonly plan: Plan }) {
  const inside = useFlow((state) => state.inside);
  useEffect(() => {
    const marks: Record<string, Mark> = {};
    const order = new Map(planNodesAt(plan, inside).map(({ id }, index) => [id, index + 1]));
    for (const [wave, ids] of wavesAt(plan, inside).entries())
      for (const id of ids)
        marks[id] = { text: `${order.get(id) ?? ''}`, title: `Step ${order.get(id)}, wave ${wave + 1}` };
    useMarks.setState({ marks });
    return () => useMarks.setState({ marks: {} });
  }, [plan, inside]);
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
        <PlanWaves waves={plan.waves} path={[]} />
        <PlanBodies nodes={plan.nodes} path={[]} />
      </section>
      {shared.length > 0 && (
        <section>
          <h3>Shared calls</h3>
          {shared.map((unit, index) => (
            <p key={unit.join()}>
              <StepChips ids={unit} path={[]} />
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
      {plan.normalised !== undefined && plan.normalised.length > 0 && (
        <section>
          <h3>Read in another way than written</h3>
          <ul>
            {plan.normalised.map(({ node, rule, what }) => (
              <li key={`${node} ${rule} ${what}`}>
                <b>{node}</b> {what}
              </li>
            ))}
          </ul>
        </section>
      )}
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
