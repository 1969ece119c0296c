import { MiniMap, type ReactFlowState, useStore } from '@xyflow/react';
import { useMemo } from 'react';
import type { CardNode } from './derive-graph.ts';

/** So few are found without a map. */
const fewNodes = 25;

/** A small map of a large workflow, while some of it is out of sight: it covers what lies below it. */
export function Overview({ nodes }: { readonly nodes: readonly CardNode[] }) {
  const bounds = useMemo(() => boundsOf(nodes), [nodes]);
  const isInSight = useStore(({ transform: [x, y, zoom], width, height }: ReactFlowState) => {
    const { left, top, right, bottom } = bounds;
    return (
      left * zoom + x >= 0 && top * zoom + y >= 0 && right * zoom + x <= width && bottom * zoom + y <= height
    );
  });
  if (nodes.length < fewNodes || isInSight) return null;
  return (
    <MiniMap
      pannable
      zoomable
      nodeClassName={(node) => `mini-${nodeEffect(node.data)}`}
      ariaLabel="Map of the workflow"
    />
  );
}

function boundsOf(nodes: readonly CardNode[]) {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { position, width = 0, height = 0 } of nodes) {
    bounds.left = Math.min(bounds.left, position.x);
    bounds.top = Math.min(bounds.top, position.y);
    bounds.right = Math.max(bounds.right, position.x + width);
    bounds.bottom = Math.max(bounds.bottom, position.y + height);
  }
  return bounds;
}

function nodeEffect(data: Record<string, unknown>): string {
  const { type } = data;
  return typeof type === 'object' && type !== null && 'effect' in type ? String(type.effect) : 'none';
}
