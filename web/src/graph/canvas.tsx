import {
  Background,
  BackgroundVariant,
  type Connection,
  Controls,
  type Edge,
  type EdgeChange,
  type NodeChange,
  type OnConnectEnd,
  ReactFlow,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { CardNode } from './derive-graph.ts';
import { farZoom, useFar } from './far.ts';
import { NodeCard } from './node-card.tsx';
import { useOpenBody } from './open-body.ts';
import { Overview } from './overview.tsx';
import { Wire } from './wire.tsx';

const nodeTypes = { card: NodeCard };
const edgeTypes = { wire: Wire };
/** So long after a drawing was fitted it is fitted again when it gets more room. */
const settlingMs = 500;
const mostToFit = { maxZoom: 1, padding: 0.08 };

export interface CanvasProps {
  readonly nodes: readonly CardNode[];
  readonly edges: readonly Edge[];
  /** The view fits what is drawn whenever this changes. */
  readonly fitKey: unknown;
  readonly isEditable: boolean;
  onNodesChange(changes: NodeChange<CardNode>[]): void;
  onEdgesChange?(changes: EdgeChange[]): void;
  isValidConnection?(wanted: Connection | Edge): boolean;
  onConnect?(connection: Connection): void;
  readonly onConnectEnd?: OnConnectEnd;
  readonly children?: ReactNode;
}

/** The drawing: cards and wires, to pan and to zoom. */
export function Canvas({
  nodes,
  edges,
  fitKey,
  isEditable,
  onNodesChange,
  onEdgesChange,
  isValidConnection,
  onConnect,
  onConnectEnd,
  children,
}: CanvasProps) {
  const { fitView, setViewport } = useReactFlow();
  const isFar = useFar((state) => state.isFar);
  const isEmpty = nodes.length === 0;
  const fitted = useRef<unknown>(undefined);
  const fittedAtMs = useRef(0);
  const width = useStore((state) => state.width);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands beside it may leave as the drawing comes
  useEffect(() => {
    const isNew = fitted.current !== fitKey;
    if (!isNew && performance.now() - fittedAtMs.current > settlingMs) return;
    fitted.current = fitKey;
    if (isNew) fittedAtMs.current = performance.now();
    // An empty drawing stays where it is when the first step is dropped.
    requestAnimationFrame(() => void (isEmpty ? setViewport({ x: 0, y: 0, zoom: 1 }) : fitView(mostToFit)));
  }, [fitKey, isEmpty, width, fitView, setViewport]);
  return (
    <ReactFlow<CardNode, Edge>
      nodes={[...nodes]}
      edges={[...edges]}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={onNodesChange}
      {...(onEdgesChange === undefined ? {} : { onEdgesChange })}
      {...(isValidConnection === undefined ? {} : { isValidConnection })}
      {...(onConnect === undefined ? {} : { onConnect })}
      {...(onConnectEnd === undefined ? {} : { onConnectEnd })}
      onNodeDoubleClick={(_, { id, data }) => {
        if (data.body !== undefined) useOpenBody.getState().open(id);
      }}
      nodesDraggable={isEditable}
      nodesConnectable={isEditable}
      edgesFocusable={false}
      deleteKeyCode={null}
      selectionOnDrag={false}
      multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
      snapToGrid
      snapGrid={[8, 8]}
      minZoom={0.08}
      maxZoom={2}
      connectionRadius={28}
      fitViewOptions={mostToFit}
      // What is near is a part of all; from afar nearly all is in sight, and looking for the rest costs more than it saves.
      onlyRenderVisibleElements={nodes.length > 150 && !isFar}
      onViewportChange={({ zoom }) => {
        if (zoom < farZoom !== useFar.getState().isFar) useFar.setState({ isFar: zoom < farZoom });
      }}
      ariaLabelConfig={{
        'node.a11yDescription.default': 'Enter selects the step; its form is in the panel on the right.',
        'node.a11yDescription.keyboardDisabled':
          'Enter selects the step, arrows move it, C connects it, Delete removes it.',
      }}
    >
      {!isFar && <Background variant={BackgroundVariant.Dots} gap={24} size={1.4} />}
      <Controls showInteractive={false} />
      {!isFar && <Overview nodes={nodes} />}
      {children}
    </ReactFlow>
  );
}
