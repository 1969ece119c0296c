import { Handle, type NodeProps, Position } from '@xyflow/react';
import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { CardState } from '../run/card-state.tsx';
import { useStepState } from '../run/step-in-run.ts';
import { CardBody } from './card-body.tsx';
import { useProblemCount } from './card-problems.ts';
import type { CardNode } from './derive-graph.ts';
import { useFar } from './far.ts';
import { iconOf } from './look.ts';
import { useMarks } from './marks.ts';
import { wholeNode } from './ports.ts';

/** A step as a card: what it is, what goes in, what comes out, how it stands; from afar a box. */
export const NodeCard = memo(function NodeCard(props: NodeProps<CardNode>) {
  const isFar = useFar((state) => state.isFar);
  return isFar ? <FarCard {...props} /> : <NearCard {...props} />;
});

function FarCard({ data: { node, type }, selected }: NodeProps<CardNode>) {
  const state = useStepState(node.id);
  const hasProblem = useProblemCount(node.id) > 0;
  return (
    <div
      className={`card far effect-${type?.effect ?? 'none'} ${state === undefined ? '' : `is-${state}`} ${selected ? 'selected' : ''} ${hasProblem ? 'has-problem' : ''}`}
    >
      {node.label ?? node.id}
    </div>
  );
}

function NearCard({ data, selected }: NodeProps<CardNode>) {
  const { node, type, rows, outlets, body, steps } = data;
  const Icon = iconOf(type);
  const state = useStepState(node.id);
  const problemCount = useProblemCount(node.id);
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
      {body !== undefined && <CardBody id={node.id} body={body} steps={steps} />}
      {state !== undefined && <CardState id={node.id} />}
    </div>
  );
}
