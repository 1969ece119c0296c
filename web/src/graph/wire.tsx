import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react';
import { memo } from 'react';
import { useRun } from '../run/run-store.ts';

/** An edge; it is coloured as the step it leads from. */
export const Wire = memo(function Wire(props: EdgeProps) {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, source, id } = props;
  const state = useRun(({ steps }) => steps[source]?.state);
  const [path] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  const { markerEnd } = props;
  return (
    <BaseEdge
      id={id}
      path={path}
      className={state === undefined ? '' : `from-${state}`}
      {...(markerEnd === undefined ? {} : { markerEnd })}
    />
  );
});
