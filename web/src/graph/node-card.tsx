import { Handle, type NodeProps, Position } from '@xyflow/react';
import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useFlow } from '../author/flow-store.ts';
import { useRun } from '../run/run-store.ts';
import { StepBadge } from '../run/step-look.tsx';
import { inTime } from '../ui/words.ts';
import type { CardNode } from './derive-graph.ts';
import { effectWords, iconOf } from './look.ts';
import { useMarks } from './marks.ts';
import { wholeNode } from './ports.ts';

/** A step as a card: what it is, what goes in, what comes out, how it stands. */
export const NodeCard = memo(function NodeCard({ data, selected }: NodeProps<CardNode>) {
  const { node, type, rows, outlets } = data;
  const Icon = iconOf(type?.toolset);
  const state = useRun(({ steps }) => steps[node.id]?.state);
  const problemCount = useFlow(
    ({ problems }) => problems.filter((problem) => problem.node === node.id).length,
  );
  const mark = useMarks(({ marks }) => marks[node.id]);
  const effect = type?.effect ?? 'none';
  return (
    <div
      className={`card effect-${effect} ${state === undefined ? '' : `is-${state}`} ${selected ? 'selected' : ''} ${problemCount > 0 ? 'has-problem' : ''}`}
    >
      <Handle type="target" position={Position.Left} id={wholeNode.target} className="port whole" />
      <div className="card-head">
        <span className="card-icon" aria-hidden>
          <Icon size={16} />
        </span>
        <span className="card-title">
          <strong>{node.label ?? node.id}</strong>
          <small>{type?.title ?? (node.type === '' ? 'no type' : node.type)}</small>
        </span>
        {mark !== undefined && (
          <span className="card-mark" title={mark.title}>
            {mark.text}
          </span>
        )}
        {problemCount > 0 && (
          <span className="card-problem" title={`${problemCount} to mend`}>
            <TriangleAlert aria-hidden size={15} />
            {problemCount}
          </span>
        )}
      </div>
      <Handle type="source" position={Position.Right} id={wholeNode.source} className="port whole" />
      {rows.length + outlets.length > 0 && (
        <div className="card-ports">
          {rows.map(({ name, text, how, description }) => (
            <div key={name} className={`row row-${how}`} title={description}>
              <Handle type="target" position={Position.Left} id={name} className="port" />
              <span className="row-name">{name}</span>
              <span className="row-text">{text}</span>
            </div>
          ))}
          {outlets.map(({ name, isPort, description }) => (
            <div key={name} className={isPort ? 'outlet way' : 'outlet'} title={description}>
              <span>{name}</span>
              <Handle type="source" position={Position.Right} id={name} className="port" />
            </div>
          ))}
        </div>
      )}
      {state !== undefined && <CardState id={node.id} effect={effectWords[effect] ?? ''} />}
    </div>
  );
});

function CardState({ id }: { readonly id: string; readonly effect: string }) {
  const step = useRun(({ steps }) => steps[id]);
  if (step === undefined) return null;
  return (
    <div className="card-state">
      <StepBadge state={step.state} />
      {step.durationMs !== null && <span className="card-time">{inTime(step.durationMs)}</span>}
    </div>
  );
}
