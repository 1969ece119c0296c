import { applyNodeChanges, ReactFlowProvider } from '@xyflow/react';
import { Pencil } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ask } from '../api/ask.ts';
import type { Plan } from '../api/wire.ts';
import { notifyRefused } from '../app/notices.tsx';
import { goTo, linkTo } from '../app/route.ts';
import { placed } from '../author/positions.ts';
import { bodyAt, placeOf } from '../graph/bodies.ts';
import { Canvas } from '../graph/canvas.tsx';
import { type CardNode, deriveGraph, documentOf } from '../graph/derive-graph.ts';
import { emptyDocument, type FlowDocument } from '../graph/document.ts';
import { useInside } from '../graph/inside.ts';
import { loadNodeTypes, useNodeTypes } from '../graph/node-types.ts';
import { useOpenBody } from '../graph/open-body.ts';
import { ago } from '../ui/words.ts';
import { RunPanel } from './run-panel.tsx';
import { useRun } from './run-store.ts';
import { useNameInRun } from './step-in-run.ts';
import { Trail } from './trail.tsx';

/** One run, from its plan: whoever began it, wherever its document is. */
export function RunPage({ id }: { readonly id: string }) {
  const root = useDocumentOfRun(id);
  const path = useInside((state) => state.path);
  const [nodes, setNodes] = useState<readonly CardNode[]>([]);
  const status = useRun((state) => state.status);
  const byName = useNodeTypes((state) => state.byName);
  const graph = useMemo(() => deriveGraph(bodyAt(root, path), byName, new Map()), [root, path, byName]);
  useEffect(() => setNodes(graph.nodes), [graph]);
  const go = useCallback((to: readonly string[]) => useInside.getState().enter(root, to), [root]);
  useEffect(() => {
    useOpenBody.setState({ open: (inner) => go([...useInside.getState().path, inner]) });
    return () => useOpenBody.setState({ open: () => undefined });
  }, [go]);
  useChooseFailed(graph.nodes, setNodes);
  const chosen = nodes.find((node) => node.selected === true)?.id;
  const name = useNameInRun(chosen ?? '');
  const show = (idInRun: string): void => {
    const place = placeOf(root, idInRun);
    useInside.getState().enter(root, place.inside, place.items);
    const select = (one: CardNode): CardNode => ({ ...one, selected: one.id === place.id });
    const isHere = place.inside.join('\n') === path.join('\n');
    // What is somewhere else is drawn first.
    if (isHere) setNodes((current) => current.map(select));
    else setTimeout(() => setNodes((current) => current.map(select)), 0);
  };
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
        <Trail name={status?.workflowId ?? 'Run'} firstStep={graph.nodes[0]?.id} onGo={go} />
        <ReactFlowProvider>
          <Canvas
            nodes={nodes}
            edges={graph.edges}
            fitKey={`${path.join('/')} ${nodes.length}`}
            isEditable={false}
            onNodesChange={(changes) => setNodes((current) => applyNodeChanges(changes, [...current]))}
          />
        </ReactFlowProvider>
      </section>
      <aside className="panel" aria-label="Details">
        <div className="tabpanel">
          <RunPanel
            chosen={chosen === undefined ? undefined : name.id}
            workflow={undefined}
            onChoose={show}
          />
        </div>
      </aside>
    </main>
  );
}

/** What the plan of a run says it was; empty until it is read. The run is followed as long as somebody looks. */
function useDocumentOfRun(id: string): FlowDocument {
  const [root, setRoot] = useState<FlowDocument>(emptyDocument);
  useEffect(() => {
    let isOver = false;
    useRun.getState().show(id);
    useInside.getState().enter(emptyDocument, []);
    const draw = async (): Promise<void> => {
      const [answer] = await Promise.all([
        ask<Plan>('GET', `/executions/${encodeURIComponent(id)}/plan`),
        loadNodeTypes(),
      ]);
      if (isOver) return;
      if (!answer.ok) return notifyRefused(answer, { label: 'To the runs', run: () => goTo('runs') });
      const document = await placed(documentOf(answer.data));
      if (!isOver) setRoot(document);
    };
    void draw();
    return () => {
      isOver = true;
      useRun.getState().show(null);
      useInside.getState().enter(emptyDocument, []);
    };
  }, [id]);
  return root;
}

/** Of a run that failed, the step it failed at is looked at first; once, so that nobody's choice is taken. */
function useChooseFailed(
  drawn: readonly CardNode[],
  setNodes: (change: (current: readonly CardNode[]) => readonly CardNode[]) => void,
): void {
  const isChosen = useRef(false);
  const failed = useRun(({ steps }) => drawn.find(({ id }) => steps[id]?.state === 'failed')?.id);
  useEffect(() => {
    if (failed === undefined || isChosen.current) return;
    isChosen.current = true;
    setNodes((current) =>
      current.some(({ selected }) => selected === true)
        ? current
        : current.map((one) => (one.id === failed ? { ...one, selected: true } : one)),
    );
  }, [failed, setNodes]);
}
