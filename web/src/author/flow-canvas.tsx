import { type Connection, type Edge, type EdgeChange, useReactFlow } from '@xyflow/react';
import type { DragEvent } from 'react';
import { notify } from '../app/notices.tsx';
import { Canvas } from '../graph/canvas.tsx';
import { useNodeTypes } from '../graph/node-types.ts';
import { whyNot } from '../graph/ports.ts';
import { Trail } from '../run/trail.tsx';
import { addStep, connectEnds } from './edit.ts';
import { useFlow } from './flow-store.ts';
import { draggedType, readDragged } from './palette.tsx';

/** The drawing of the editor: steps are dropped into it and connected, and what does not fit is said. */
export function FlowCanvas() {
  const nodes = useFlow((state) => state.nodes);
  const edges = useFlow((state) => state.edges);
  const opened = useFlow((state) => state.opened);
  const name = useFlow(({ root }) => root.name || root.workflowId || 'Workflow');
  const { moveNodes, selectEdges, enter } = useFlow.getState();
  const { screenToFlowPosition } = useReactFlow();
  const wantedOf = ({ source, target, sourceHandle, targetHandle }: Connection | Edge) => ({
    ...{ source, target },
    ...{ sourceHandle: sourceHandle ?? null, targetHandle: targetHandle ?? null },
  });
  const drop = (event: DragEvent): void => {
    const added = readDragged(event.dataTransfer.getData(draggedType));
    if (added === undefined) return;
    event.preventDefault();
    const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    addStep(added, { x: Math.round((x - 110) / 8) * 8, y: Math.round((y - 20) / 8) * 8 });
  };
  const changeEdges = (changes: EdgeChange[]): void => {
    const chosen = new Set(useFlow.getState().selectedEdges);
    for (const change of changes) {
      if (change.type !== 'select') continue;
      if (change.selected) chosen.add(change.id);
      else chosen.delete(change.id);
    }
    selectEdges([...chosen]);
  };
  const shown = useFlow((state) => state.selectedEdges);
  return (
    <section
      className="canvas"
      aria-label="Drawing"
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(draggedType)) event.preventDefault();
      }}
      onDrop={drop}
    >
      <Trail name={name} firstStep={nodes[0]?.id} onGo={(path) => enter(path)} />
      <Canvas
        nodes={nodes}
        edges={
          shown.size === 0
            ? edges
            : edges.map((edge) => (shown.has(edge.id) ? { ...edge, selected: true } : edge))
        }
        fitKey={opened}
        isEditable
        onNodesChange={moveNodes}
        onEdgesChange={changeEdges}
        isValidConnection={(wanted) =>
          whyNot(useFlow.getState().document, useNodeTypes.getState().byName, wantedOf(wanted)) === undefined
        }
        onConnect={(wanted) => connectEnds(wantedOf(wanted))}
        onConnectEnd={(_, { fromHandle, toHandle, isValid }) => {
          // What was let go on a port that does not fit is said.
          if (isValid !== false || fromHandle === null || toHandle === null) return;
          const [source, target] =
            fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle];
          if (source.type === target.type)
            return notify({
              kind: 'bad',
              text: 'These two do not fit.',
              hint: 'A wire leads from the right of a step to the left of another.',
            });
          connectEnds({
            ...{ source: source.nodeId, target: target.nodeId },
            ...{ sourceHandle: source.id ?? null, targetHandle: target.id ?? null },
          });
        }}
      />
      {nodes.length === 0 && (
        <div className="canvas-hint">
          <p>
            Drag a step in from the left, or press <kbd>/</kbd> and search.
          </p>
        </div>
      )}
    </section>
  );
}
