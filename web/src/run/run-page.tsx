import { applyNodeChanges, type Edge, ReactFlowProvider } from '@xyflow/react';
import { Pencil } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ask } from '../api/ask.ts';
import type { Plan } from '../api/wire.ts';
import { notifyRefused } from '../app/notices.tsx';
import { goTo, linkTo } from '../app/route.ts';
import { placed } from '../author/flow-actions.ts';
import { Canvas } from '../graph/canvas.tsx';
import { type CardNode, deriveGraph, documentOf } from '../graph/derive-graph.ts';
import { loadNodeTypes, useNodeTypes } from '../graph/node-types.ts';
import { ago } from '../ui/words.ts';
import { useShownPlan } from './planned.ts';
import { RunPanel } from './run-panel.tsx';
import { useRun } from './run-store.ts';

/** One run, from its plan: whoever began it, wherever its document is. */
export function RunPage({ id }: { readonly id: string }) {
  const [nodes, setNodes] = useState<readonly CardNode[]>([]);
  const [edges, setEdges] = useState<readonly Edge[]>([]);
  const status = useRun((state) => state.status);
  useEffect(() => {
    let isOver = false;
    useRun.getState().show(id);
    const draw = async (): Promise<void> => {
      const [answer] = await Promise.all([
        ask<Plan>('GET', `/executions/${encodeURIComponent(id)}/plan`),
        loadNodeTypes(),
      ]);
      if (isOver) return;
      if (!answer.ok) return notifyRefused(answer, { label: 'To the runs', run: () => goTo('runs') });
      useShownPlan.setState({ plan: answer.data });
      const graph = deriveGraph(
        await placed(documentOf(answer.data)),
        useNodeTypes.getState().byName,
        new Map(),
      );
      if (isOver) return;
      setNodes(graph.nodes);
      setEdges(graph.edges);
    };
    void draw();
    return () => {
      isOver = true;
      useRun.getState().show(null);
      useShownPlan.setState({ plan: null });
    };
  }, [id]);
  const [chosen] = nodes.flatMap((node) => (node.selected === true ? [node.id] : []));
  return (
    <main className="flow-page run-page">
      <div className="toolbar">
        <div className="flow-title">
          <h1>{status?.name ?? status?.workflowId ?? 'Run'}</h1>
          <small>
            {id}
            {status !== null && ` · began ${ago(status.startedAtMs)}`}
          </small>
        </div>
        <div className="tools">
          {status !== null && (
            <>
              <a className="button" href={linkTo('audit', id)}>
                Audit
              </a>
              <a className="button" href={linkTo('flow', status.workflowId)}>
                <Pencil aria-hidden size={15} /> Open the workflow
              </a>
            </>
          )}
        </div>
      </div>
      <section className="canvas" aria-label="Drawing">
        <ReactFlowProvider>
          <Canvas
            nodes={nodes}
            edges={edges}
            fitKey={nodes.length}
            isEditable={false}
            onNodesChange={(changes) => setNodes((current) => applyNodeChanges(changes, [...current]))}
          />
        </ReactFlowProvider>
      </section>
      <aside className="panel" aria-label="Details">
        <div className="tabpanel">
          <RunPanel
            chosen={chosen}
            workflow={undefined}
            onChoose={(node) =>
              setNodes((current) => current.map((one) => ({ ...one, selected: one.id === node })))
            }
          />
        </div>
      </aside>
    </main>
  );
}
