import { Repeat, Workflow } from 'lucide-react';
import type { PlanNode } from '../api/wire.ts';
import { counted } from '../ui/words.ts';
import { wavesOf } from './plan-inside.ts';
import { StepChips } from './step-chips.tsx';

/** What the steps that hold steps execute: of each its own waves, and of those inside of them again. */
export function PlanBodies({
  nodes,
  path,
}: {
  readonly nodes: readonly PlanNode[];
  /** The steps around them, the outermost first. */
  readonly path: readonly string[];
}) {
  return nodes.map(({ id, body }) => {
    if (body === undefined) return null;
    const inside = [...path, id];
    const isLoop = body.workflow === undefined;
    const shared = body.batched ?? [];
    const Icon = isLoop ? Repeat : Workflow;
    return (
      <section key={id} className="plan-body" aria-label={`Inside ${id}`}>
        <h4>
          <Icon aria-hidden size={14} /> {id}
          <small>
            {counted(body.nodes.length, 'step')} {isLoop ? 'for each item' : 'once'},{' '}
            {counted(body.waapiCalls, 'call')}
            {isLoop ? ' an item' : ''}
          </small>
        </h4>
        <PlanWaves waves={wavesOf(body.nodes)} path={inside} />
        {shared.length > 0 && isLoop && (
          <p className="about">
            {shared.join(', ')} {shared.length === 1 ? 'shares its calls' : 'share their calls'} with the same
            step of the other items.
          </p>
        )}
        <PlanBodies nodes={body.nodes} path={inside} />
      </section>
    );
  });
}

/** Steps by wave, each to go to. */
export function PlanWaves({
  waves,
  path,
}: {
  readonly waves: readonly (readonly string[])[];
  readonly path: readonly string[];
}) {
  return (
    <ol className="waves">
      {waves.map((ids, index) => (
        <li key={ids.join()}>
          <span className="wave-number">{index + 1}</span>
          <StepChips ids={ids} path={path} />
        </li>
      ))}
    </ol>
  );
}
